<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Ago</name>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation><numerusform>%Ln day ago</numerusform><numerusform>%Ln days ago</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln h ago</source>
        <translation><numerusform>%Ln h ago</numerusform><numerusform>%Ln h ago</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln min ago</source>
        <translation><numerusform>%Ln min ago</numerusform><numerusform>%Ln min ago</numerusform></translation>
    </message>
</context>
<context>
    <name>BatchCard</name>
    <message numerus="yes">
        <source>%Ln being made</source>
        <translation><numerusform>%Ln being made</numerusform><numerusform>%Ln being made</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation><numerusform>%Ln cancelled</numerusform><numerusform>%Ln cancelled</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation><numerusform>%Ln failed</numerusform><numerusform>%Ln failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln held up</source>
        <translation><numerusform>%Ln held up</numerusform><numerusform>%Ln held up</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln paused</source>
        <translation><numerusform>%Ln paused</numerusform><numerusform>%Ln paused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln scheduled</source>
        <translation><numerusform>%Ln scheduled</numerusform><numerusform>%Ln scheduled</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation><numerusform>%Ln to review</numerusform><numerusform>%Ln to review</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln will be tried again</source>
        <translation><numerusform>%Ln will be tried again</numerusform><numerusform>%Ln will be tried again</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>At this rate %Ln will miss {time}</source>
        <translation><numerusform>At this rate %Ln will miss {time}</numerusform><numerusform>At this rate %Ln will miss {time}</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln are made: look at them</source>
        <translation><numerusform>The first %Ln is made: look at it</numerusform><numerusform>The first %Ln are made: look at them</numerusform></translation>
    </message>
</context>
<context>
    <name>BatchNews</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation><numerusform>%Ln failed</numerusform><numerusform>%Ln failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) made</source>
        <translation><numerusform>%Ln film made</numerusform><numerusform>%Ln films made</numerusform></translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation><numerusform>%Ln problem</numerusform><numerusform>%Ln problems</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation><numerusform>%Ln warning</numerusform><numerusform>%Ln warnings</numerusform></translation>
    </message>
</context>
<context>
    <name>ClosingSheet</name>
    <message numerus="yes">
        <source>%Ln film(s) are being made</source>
        <translation><numerusform>%Ln film is being made</numerusform><numerusform>%Ln films are being made</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Finishing %Ln film(s), then closing</source>
        <translation><numerusform>Finishing %Ln film, then closing</numerusform><numerusform>Finishing %Ln films, then closing</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Giving back %Ln film(s), then closing</source>
        <translation><numerusform>Giving back %Ln film, then closing</numerusform><numerusform>Giving back %Ln films, then closing</numerusform></translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message numerus="yes">
        <source>%Ln film(s) cancelled</source>
        <translation><numerusform>%Ln film cancelled</numerusform><numerusform>%Ln films cancelled</numerusform></translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation><numerusform>%Ln character</numerusform><numerusform>%Ln characters</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) of speech</source>
        <translation><numerusform>%Ln character of speech</numerusform><numerusform>%Ln characters of speech</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) can be worked on at once.</source>
        <translation><numerusform>%Ln film can be worked on at once.</numerusform><numerusform>%Ln films can be worked on at once.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) in the last hour</source>
        <translation><numerusform>%Ln film in the last hour</numerusform><numerusform>%Ln films in the last hour</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) will wait until tomorrow.</source>
        <translation><numerusform>%Ln film will wait until tomorrow.</numerusform><numerusform>%Ln films will wait until tomorrow.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s) of clips</source>
        <translation><numerusform>%Ln second of clips</numerusform><numerusform>%Ln seconds of clips</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln worker(s)</source>
        <translation><numerusform>%Ln worker</numerusform><numerusform>%Ln workers</numerusform></translation>
    </message>
</context>
<context>
    <name>FailedDelegate</name>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation><numerusform>%Ln attempt</numerusform><numerusform>%Ln attempts</numerusform></translation>
    </message>
</context>
<context>
    <name>FailedDesk</name>
    <message numerus="yes">
        <source>%Ln film(s) cancelled</source>
        <translation><numerusform>%Ln film cancelled</numerusform><numerusform>%Ln films cancelled</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) discarded</source>
        <translation><numerusform>%Ln film discarded</numerusform><numerusform>%Ln films discarded</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) saved in {file}.</source>
        <translation><numerusform>%Ln film saved in {file}.</numerusform><numerusform>%Ln films saved in {file}.</numerusform></translation>
    </message>
</context>
<context>
    <name>FailedModel</name>
    <message numerus="yes">
        <source>%Ln film(s): {reason}</source>
        <translation><numerusform>%Ln film: {reason}</numerusform><numerusform>%Ln films: {reason}</numerusform></translation>
    </message>
</context>
<context>
    <name>LogBoard</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation><numerusform>%Ln line</numerusform><numerusform>%Ln lines</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln new: to the newest</source>
        <translation><numerusform>%Ln new: to the newest</numerusform><numerusform>%Ln new: to the newest</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln line(s)</source>
        <translation><numerusform>{shown} of %Ln line</numerusform><numerusform>{shown} of %Ln lines</numerusform></translation>
    </message>
</context>
<context>
    <name>LogDesk</name>
    <message numerus="yes">
        <source>%Ln line(s) copied.</source>
        <translation><numerusform>%Ln line copied.</numerusform><numerusform>%Ln lines copied.</numerusform></translation>
    </message>
</context>
<context>
    <name>NamesSheet</name>
    <message numerus="yes">
        <source>%Ln name(s)</source>
        <translation><numerusform>%Ln name</numerusform><numerusform>%Ln names</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln respelled</source>
        <translation><numerusform>%Ln respelled</numerusform><numerusform>%Ln respelled</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln to listen to</source>
        <translation><numerusform>%Ln to listen to</numerusform><numerusform>%Ln to listen to</numerusform></translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message numerus="yes">
        <source>Trineo was cut off while %Ln film(s) were being made.</source>
        <translation><numerusform>Trineo was cut off while %Ln film was being made.</numerusform><numerusform>Trineo was cut off while %Ln films were being made.</numerusform></translation>
    </message>
</context>
<context>
    <name>ParkedCard</name>
    <message numerus="yes">
        <source>%Ln film(s)</source>
        <translation><numerusform>%Ln film</numerusform><numerusform>%Ln films</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>goes on by itself; asked again in %Ln min</source>
        <translation><numerusform>goes on by itself; asked again in %Ln min</numerusform><numerusform>goes on by itself; asked again in %Ln min</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>goes on by itself; asked again in %Ln s</source>
        <translation><numerusform>goes on by itself; asked again in %Ln s</numerusform><numerusform>goes on by itself; asked again in %Ln s</numerusform></translation>
    </message>
</context>
<context>
    <name>PreflightOptions</name>
    <message numerus="yes">
        <source>One in %Ln</source>
        <translation><numerusform>One in %Ln</numerusform><numerusform>One in %Ln</numerusform></translation>
    </message>
</context>
<context>
    <name>PreflightSheet</name>
    <message numerus="yes">
        <source>%Ln film(s) can be made, some rows can't</source>
        <translation><numerusform>%Ln film can be made, some rows can't</numerusform><numerusform>%Ln films can be made, some rows can't</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) ready to make</source>
        <translation><numerusform>%Ln film ready to make</numerusform><numerusform>%Ln films ready to make</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused row(s) written to {file}.</source>
        <translation><numerusform>%Ln refused row written to {file}.</numerusform><numerusform>%Ln refused rows written to {file}.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>First %Ln, then ask</source>
        <translation><numerusform>First %Ln, then ask</numerusform><numerusform>First %Ln, then ask</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Render %Ln film(s)</source>
        <translation><numerusform>Render %Ln film</numerusform><numerusform>Render %Ln films</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>accepted</source>
        <translation><numerusform>accepted</numerusform><numerusform>accepted</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation><numerusform>and %Ln more</numerusform><numerusform>and %Ln more</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>refused</source>
        <translation><numerusform>refused</numerusform><numerusform>refused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{names} and %Ln more</source>
        <translation><numerusform>{names} and %Ln more</numerusform><numerusform>{names} and %Ln more</numerusform></translation>
    </message>
</context>
<context>
    <name>QueueDesk</name>
    <message numerus="yes">
        <source>When should %Ln film(s) begin?</source>
        <translation><numerusform>When should %Ln film begin?</numerusform><numerusform>When should %Ln films begin?</numerusform></translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%Ln film(s) being made</source>
        <translation><numerusform>%Ln film being made</numerusform><numerusform>%Ln films being made</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation><numerusform>%Ln waiting</numerusform><numerusform>%Ln waiting</numerusform></translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%Ln film(s) to look at</source>
        <translation><numerusform>%Ln film to look at</numerusform><numerusform>%Ln films to look at</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>one of every %Ln films is looked at</source>
        <translation><numerusform>every film is looked at</numerusform><numerusform>one of every %Ln films is looked at</numerusform></translation>
    </message>
</context>
<context>
    <name>RowsFooter</name>
    <message numerus="yes">
        <source>%Ln chosen</source>
        <translation><numerusform>%Ln chosen</numerusform><numerusform>%Ln chosen</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s)</source>
        <translation><numerusform>%Ln film</numerusform><numerusform>%Ln films</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>reading %Ln more…</source>
        <translation><numerusform>reading %Ln more…</numerusform><numerusform>reading %Ln more…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln film(s)</source>
        <translation><numerusform>{shown} of %Ln film</numerusform><numerusform>{shown} of %Ln films</numerusform></translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message numerus="yes">
        <source>Show %Ln more for experts</source>
        <translation><numerusform>Show %Ln more for experts</numerusform><numerusform>Show %Ln more for experts</numerusform></translation>
    </message>
</context>
<context>
    <name>SettingsWork</name>
    <message numerus="yes">
        <source>%Ln setting(s) reset</source>
        <translation><numerusform>%Ln setting reset</numerusform><numerusform>%Ln settings reset</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) taken over</source>
        <translation><numerusform>%Ln setting imported</numerusform><numerusform>%Ln settings imported</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) written to {file}.</source>
        <translation><numerusform>%Ln setting written to {file}.</numerusform><numerusform>%Ln settings written to {file}.</numerusform></translation>
    </message>
</context>
<context>
    <name>VoicePicker</name>
    <message numerus="yes">
        <source>Hear it say a line (%Ln characters, about {usd} US dollars)</source>
        <translation><numerusform>Hear it say a line (%Ln character, about {usd} US dollars)</numerusform><numerusform>Hear it say a line (%Ln characters, about {usd} US dollars)</numerusform></translation>
    </message>
</context>
<context>
    <name>words</name>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation><numerusform>%Ln min</numerusform><numerusform>%Ln min</numerusform></translation>
    </message>
</context>
</TS>
