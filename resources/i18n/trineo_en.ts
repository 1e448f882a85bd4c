<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
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
        <source>%Ln will be tried again</source>
        <translation><numerusform>%Ln will be tried again</numerusform><numerusform>%Ln will be tried again</numerusform></translation>
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
    <name>MainWindow</name>
    <message numerus="yes">
        <source>Trineo was cut off while %Ln film(s) were being made.</source>
        <translation><numerusform>Trineo was cut off while %Ln film was being made.</numerusform><numerusform>Trineo was cut off while %Ln films were being made.</numerusform></translation>
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
</TS>
