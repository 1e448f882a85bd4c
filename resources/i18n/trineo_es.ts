<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="es" sourcelanguage="en">
<context>
    <name>AboutSheet</name>
    <message>
        <source>About Trineo</source>
        <translation>Acerca de Trineo</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Copy which version this is</source>
        <translation>Copiar qué versión es esta</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>The licence's own words</source>
        <translation>El texto de la licencia</translation>
    </message>
    <message>
        <source>Trineo is free software: you may use it, look into it, change it and pass it on, under the GNU General Public License, version 3 or later. It comes without any warranty.</source>
        <translation>Trineo es software libre: puede usarlo, estudiarlo, cambiarlo y pasarlo a otros, según la Licencia Pública General de GNU, versión 3 o posterior. No tiene ninguna garantía.</translation>
    </message>
    <message>
        <source>Version {version} · build {build}</source>
        <translation>Versión {version} · compilación {build}</translation>
    </message>
    <message>
        <source>Version {version} · build {build} · commit {commit}</source>
        <translation>Versión {version} · compilación {build} · revisión {commit}</translation>
    </message>
    <message>
        <source>What is in it, and under which licence</source>
        <translation>Qué contiene, y con qué licencia</translation>
    </message>
    <message>
        <source>Whoever gave you this program also gives you its complete source, and that of the free programs in it, in exactly these versions. You can ask for it for three years at least, and pay no more than passing it on costs.</source>
        <translation>Quien le dio este programa también le da su código fuente completo, y el de los programas libres que contiene, exactamente en estas versiones. Puede pedirlo durante tres años al menos, y no paga más que lo que cueste entregárselo.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;About Trineo</source>
        <translation>&amp;Acerca de Trineo</translation>
    </message>
    <message>
        <source>&amp;Add files…</source>
        <translation>&amp;Agregar archivos…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Cancelar</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Cerrar</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Oscuro</translation>
    </message>
    <message>
        <source>&amp;Go on</source>
        <translation>&amp;Continuar</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Claro</translation>
    </message>
    <message>
        <source>&amp;Open film</source>
        <translation>A&amp;brir video</translation>
    </message>
    <message>
        <source>&amp;Order of the queue</source>
        <translation>&amp;Orden de la cola</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pausar</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Buscar</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>&amp;Reintentar</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Deshacer</translation>
    </message>
    <message>
        <source>&amp;Watch here</source>
        <translation>&amp;Ver aquí</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>Como el &amp;sistema</translation>
    </message>
    <message>
        <source>Begin &amp;at…</source>
        <translation>Empezar &amp;a las…</translation>
    </message>
    <message>
        <source>Cancel the selected films</source>
        <translation>Cancelar los videos elegidos</translation>
    </message>
    <message>
        <source>Choose spreadsheets or scripts</source>
        <translation>Elegir planillas o guiones</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>Copiar &amp;ubicación</translation>
    </message>
    <message>
        <source>Copy where the film is</source>
        <translation>Copiar dónde está el video</translation>
    </message>
    <message>
        <source>Finish the films being made, begin no other</source>
        <translation>Terminar los videos en curso y no empezar otros</translation>
    </message>
    <message>
        <source>Go on with everythin&amp;g</source>
        <translation>Continuar todo</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Alta</translation>
    </message>
    <message>
        <source>Let every paused film go on</source>
        <translation>Continuar todos los videos pausados</translation>
    </message>
    <message>
        <source>Let the selected films begin at a time</source>
        <translation>Hacer que los videos elegidos empiecen a una hora</translation>
    </message>
    <message>
        <source>Let the selected paused films go on</source>
        <translation>Continuar con los videos pausados elegidos</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Baja</translation>
    </message>
    <message>
        <source>Make every failed film again</source>
        <translation>Volver a hacer todos los videos que fallaron</translation>
    </message>
    <message>
        <source>Make the selected failed films again</source>
        <translation>Volver a hacer los videos fallidos elegidos</translation>
    </message>
    <message>
        <source>Make the selected films next</source>
        <translation>Hacer los videos elegidos enseguida</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>Normal</translation>
    </message>
    <message>
        <source>Open &amp;folder</source>
        <translation>Abrir carpe&amp;ta</translation>
    </message>
    <message>
        <source>Pause &amp;everything</source>
        <translation>Pausar &amp;todo</translation>
    </message>
    <message>
        <source>Pause the selected films that wait</source>
        <translation>Pausar los videos elegidos que esperan</translation>
    </message>
    <message>
        <source>Priority of the selected films: {level}</source>
        <translation>Prioridad de los videos elegidos: {level}</translation>
    </message>
    <message>
        <source>Search the films</source>
        <translation>Buscar entre los videos</translation>
    </message>
    <message>
        <source>Show in the &amp;log</source>
        <translation>Mostrar en el re&amp;gistro</translation>
    </message>
    <message>
        <source>Show the film in its folder</source>
        <translation>Mostrar el video en su carpeta</translation>
    </message>
    <message>
        <source>Six films from a spreadsheet that comes along</source>
        <translation>Seis videos de una planilla incluida en el programa</translation>
    </message>
    <message>
        <source>Sort the rows as they will be made</source>
        <translation>Ordenar las filas como se van a hacer</translation>
    </message>
    <message>
        <source>Stop &amp;after these</source>
        <translation>Parar &amp;después de estos</translation>
    </message>
    <message>
        <source>Stop all films; half-made ones go on later</source>
        <translation>Detener todos los videos; los empezados siguen después</translation>
    </message>
    <message>
        <source>Take back what was just done</source>
        <translation>Deshacer lo último</translation>
    </message>
    <message>
        <source>To the f&amp;ront</source>
        <translation>Al f&amp;rente</translation>
    </message>
    <message>
        <source>Try a&amp;ll again</source>
        <translation>Reintentar &amp;todos</translation>
    </message>
    <message>
        <source>Try the &amp;sample</source>
        <translation>Probar el &amp;ejemplo</translation>
    </message>
    <message>
        <source>Watch the film in this window</source>
        <translation>Ver el video en esta ventana</translation>
    </message>
    <message>
        <source>What is written of this film</source>
        <translation>Lo que está anotado sobre este video</translation>
    </message>
    <message>
        <source>Which Trineo this is, and its licences</source>
        <translation>Qué Trineo es este, y sus licencias</translation>
    </message>
</context>
<context>
    <name>Ago</name>
    <message numerus="yes">
        <source>%Ln day(s) ago</source>
        <translation><numerusform>hace %Ln día</numerusform><numerusform>hace %Ln días</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln h ago</source>
        <translation><numerusform>hace %Ln h</numerusform><numerusform>hace %Ln h</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln min ago</source>
        <translation><numerusform>hace %Ln min</numerusform><numerusform>hace %Ln min</numerusform></translation>
    </message>
    <message>
        <source>just now</source>
        <translation>recién</translation>
    </message>
</context>
<context>
    <name>Attempts</name>
    <message>
        <source>Attempt {number}</source>
        <translation>Intento {number}</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>Failed for now, was to be tried again</source>
        <translation>Falló por ahora; quedó para reintentar</translation>
    </message>
    <message>
        <source>Given back unfinished</source>
        <translation>Devuelto sin terminar</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Hecho</translation>
    </message>
    <message>
        <source>Stopped by a person</source>
        <translation>Lo detuvo una persona</translation>
    </message>
    <message>
        <source>The program that was making it went silent</source>
        <translation>El programa que lo hacía dejó de responder</translation>
    </message>
    <message>
        <source>Waited for something outside the film</source>
        <translation>Quedó a la espera de algo ajeno al video</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>tardó {time}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close this message</source>
        <translation>Cerrar este mensaje</translation>
    </message>
</context>
<context>
    <name>BatchCard</name>
    <message numerus="yes">
        <source>%Ln being made</source>
        <translation><numerusform>%Ln en curso</numerusform><numerusform>%Ln en curso</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln cancelled</source>
        <translation><numerusform>%Ln cancelado</numerusform><numerusform>%Ln cancelados</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation><numerusform>%Ln fallido</numerusform><numerusform>%Ln fallidos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln held up</source>
        <translation><numerusform>%Ln detenido</numerusform><numerusform>%Ln detenidos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln paused</source>
        <translation><numerusform>%Ln en pausa</numerusform><numerusform>%Ln en pausa</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln scheduled</source>
        <translation><numerusform>%Ln programado</numerusform><numerusform>%Ln programados</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln to review</source>
        <translation><numerusform>%Ln para revisar</numerusform><numerusform>%Ln para revisar</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln will be tried again</source>
        <translation><numerusform>%Ln se reintentará</numerusform><numerusform>%Ln se reintentarán</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>At this rate %Ln will miss {time}</source>
        <translation><numerusform>A este ritmo %Ln no llega para las {time}</numerusform><numerusform>A este ritmo %Ln no llegan para las {time}</numerusform></translation>
    </message>
    <message>
        <source>Begins at {time}</source>
        <translation>Empieza a las {time}</translation>
    </message>
    <message>
        <source>Due at {time}</source>
        <translation>Para las {time}</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Terminado</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Let this batch go on</source>
        <translation>Continuar este lote</translation>
    </message>
    <message>
        <source>Make the rest</source>
        <translation>Hacer el resto</translation>
    </message>
    <message>
        <source>More for this batch</source>
        <translation>Más opciones de este lote</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Show only the films of {batch}</source>
        <translation>Mostrar solo los videos de {batch}</translation>
    </message>
    <message>
        <source>Stop this batch; what is half made begins where it stopped</source>
        <translation>Detener este lote; lo empezado sigue donde quedó</translation>
    </message>
    <message numerus="yes">
        <source>The first %Ln are made: look at them</source>
        <translation><numerusform>El primer %Ln está listo: mírelo</numerusform><numerusform>Los primeros %Ln están listos: mírelos</numerusform></translation>
    </message>
    <message>
        <source>The first films look right: make all the others</source>
        <translation>Los primeros videos están bien: hacer todos los demás</translation>
    </message>
    <message>
        <source>Was due at {time}</source>
        <translation>Era para las {time}</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} de {total}</translation>
    </message>
    <message>
        <source>{span} left, done at {time}</source>
        <translation>Faltan {span}, listo a las {time}</translation>
    </message>
</context>
<context>
    <name>BatchNews</name>
    <message numerus="yes">
        <source>%Ln failed</source>
        <translation><numerusform>%Ln falló</numerusform><numerusform>%Ln fallaron</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) made</source>
        <translation><numerusform>%Ln video hecho</numerusform><numerusform>%Ln videos hechos</numerusform></translation>
    </message>
    <message>
        <source>Look at them, then make the rest.</source>
        <translation>Mírelos y después haga el resto.</translation>
    </message>
    <message>
        <source>{batch} is finished</source>
        <translation>Terminó {batch}</translation>
    </message>
    <message>
        <source>{batch}: the first films are made</source>
        <translation>{batch}: los primeros videos están listos</translation>
    </message>
</context>
<context>
    <name>Board</name>
    <message numerus="yes">
        <source>%Ln problem(s)</source>
        <translation><numerusform>%Ln problema</numerusform><numerusform>%Ln problemas</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln warning(s)</source>
        <translation><numerusform>%Ln aviso</numerusform><numerusform>%Ln avisos</numerusform></translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>Equipos</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>How Santa speaks</source>
        <translation>Cómo habla Papá Noel</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Dinero</translation>
    </message>
    <message>
        <source>Paid services</source>
        <translation>Servicios pagos</translation>
    </message>
    <message>
        <source>Used again</source>
        <translation>Lo que se reutilizó</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Where the time goes</source>
        <translation>En qué se va el tiempo</translation>
    </message>
    <message>
        <source>Who made his mouth move</source>
        <translation>Quién le movió la boca</translation>
    </message>
    <message>
        <source>all is well</source>
        <translation>todo está bien</translation>
    </message>
    <message>
        <source>being looked at</source>
        <translation>revisando…</translation>
    </message>
</context>
<context>
    <name>ClosingSheet</name>
    <message numerus="yes">
        <source>%Ln film(s) are being made</source>
        <translation><numerusform>Se está haciendo %Ln video</numerusform><numerusform>Se están haciendo %Ln videos</numerusform></translation>
    </message>
    <message>
        <source>Close the window?</source>
        <translation>¿Cerrar la ventana?</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Finish the running films, then close</source>
        <translation>Terminar los videos en curso y cerrar</translation>
    </message>
    <message numerus="yes">
        <source>Finishing %Ln film(s), then closing</source>
        <translation><numerusform>Terminando %Ln video antes de cerrar</numerusform><numerusform>Terminando %Ln videos antes de cerrar</numerusform></translation>
    </message>
    <message>
        <source>Give back and close now</source>
        <translation>Devolverlas a la cola y cerrar ya</translation>
    </message>
    <message numerus="yes">
        <source>Giving back %Ln film(s), then closing</source>
        <translation><numerusform>Devolviendo %Ln video antes de cerrar</numerusform><numerusform>Devolviendo %Ln videos antes de cerrar</numerusform></translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>Quedarse</translation>
    </message>
    <message>
        <source>The running films begin again next time</source>
        <translation>Los videos en curso empezarán de nuevo la próxima vez</translation>
    </message>
    <message>
        <source>The window closes by itself. Nothing is lost.</source>
        <translation>La ventana se cierra sola. No se pierde nada.</translation>
    </message>
    <message>
        <source>What waits in the queue stays there and goes on when Trineo is opened again.</source>
        <translation>Lo que espera en la cola queda allí y sigue cuando Trineo se vuelva a abrir.</translation>
    </message>
</context>
<context>
    <name>ColumnsPanel</name>
    <message>
        <source>Choose another where accents are wrong</source>
        <translation>Elija otra si los acentos se ven mal</translation>
    </message>
    <message>
        <source>Not used</source>
        <translation>No se usa</translation>
    </message>
    <message>
        <source>Not used. Is it {field}?</source>
        <translation>No se usa. ¿Es {field}?</translation>
    </message>
    <message>
        <source>The language</source>
        <translation>El idioma</translation>
    </message>
    <message>
        <source>The whole script</source>
        <translation>El guion entero</translation>
    </message>
    <message>
        <source>What the column {title} holds</source>
        <translation>Qué contiene la columna {title}</translation>
    </message>
    <message>
        <source>What you say here is remembered for sheets with the same columns.</source>
        <translation>Lo que indique aquí se recuerda para planillas con las mismas columnas.</translation>
    </message>
    <message>
        <source>What {file} is written in</source>
        <translation>Con qué codificación se lee {file}</translation>
    </message>
    <message>
        <source>Written in</source>
        <translation>Codificación</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message numerus="yes">
        <source>%Ln film(s) cancelled</source>
        <translation><numerusform>%Ln video cancelado</numerusform><numerusform>%Ln videos cancelados</numerusform></translation>
    </message>
    <message>
        <source>It was moved or deleted, or its drive is not connected.</source>
        <translation>Se movió o se borró, o su unidad no está conectada.</translation>
    </message>
    <message>
        <source>The film itself is fine: open it from its folder.</source>
        <translation>El video está bien: ábralo desde su carpeta.</translation>
    </message>
    <message>
        <source>This computer has no program for {path}.</source>
        <translation>Este equipo no tiene un programa para {path}.</translation>
    </message>
    <message>
        <source>{path} is not there any more.</source>
        <translation>{path} ya no está ahí.</translation>
    </message>
</context>
<context>
    <name>ConnectionCard</name>
    <message>
        <source>Asks it whether all is well. Costs nothing.</source>
        <translation>Le pregunta si todo está bien. No cuesta nada.</translation>
    </message>
    <message>
        <source>Fill in what {service} needs</source>
        <translation>Completar lo que {service} necesita</translation>
    </message>
    <message>
        <source>Fill it in</source>
        <translation>Completar</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>Probar</translation>
    </message>
    <message>
        <source>Test {service}</source>
        <translation>Probar {service}</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Probando…</translation>
    </message>
</context>
<context>
    <name>Connections</name>
    <message>
        <source>Connected</source>
        <translation>Conectado</translation>
    </message>
    <message>
        <source>Does not work</source>
        <translation>No funciona</translation>
    </message>
    <message>
        <source>Makes Santa talk, all of him or only his mouth. Paid by the second.</source>
        <translation>Hace hablar a Papá Noel, de cuerpo entero o solo la boca. Se paga por segundo.</translation>
    </message>
    <message>
        <source>Makes Santa talk, up to fifteen seconds. Paid by the clip.</source>
        <translation>Hace hablar a Papá Noel, hasta quince segundos. Se paga por clip.</translation>
    </message>
    <message>
        <source>Moves Santa’s mouth in the template’s clip. Paid by the second.</source>
        <translation>Mueve la boca de Papá Noel en el clip de la plantilla. Se paga por segundo.</translation>
    </message>
    <message>
        <source>Moves Santa’s mouth on this computer, with your own copy of it.</source>
        <translation>Mueve la boca de Papá Noel en esta computadora, con su propia copia del programa.</translation>
    </message>
    <message>
        <source>Moves Santa’s mouth with nine drawn shapes, for nothing.</source>
        <translation>Mueve la boca de Papá Noel con nueve formas dibujadas, sin costo.</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>Sin conectar</translation>
    </message>
    <message>
        <source>Not tested</source>
        <translation>Sin probar</translation>
    </message>
    <message>
        <source>On a Redis, several computers work on one queue.</source>
        <translation>Con un Redis, varias computadoras trabajan en una misma cola.</translation>
    </message>
    <message>
        <source>Something is lacking</source>
        <translation>Falta algo</translation>
    </message>
    <message>
        <source>Speaks like a person. Paid by the character.</source>
        <translation>Habla como una persona. Se paga por carácter.</translation>
    </message>
    <message>
        <source>Speaks without a network and without an account.</source>
        <translation>Habla sin red y sin cuenta.</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>Apagado</translation>
    </message>
    <message>
        <source>The offline voice</source>
        <translation>La voz sin conexión</translation>
    </message>
    <message>
        <source>The queue and Redis</source>
        <translation>La cola y Redis</translation>
    </message>
    <message>
        <source>The template’s own mouths</source>
        <translation>Las bocas propias de la plantilla</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
    <message>
        <source>Works, with a warning</source>
        <translation>Funciona, con un aviso</translation>
    </message>
</context>
<context>
    <name>ConnectionsPanel</name>
    <message>
        <source>Asking for the voices…</source>
        <translation>Pidiendo las voces…</translation>
    </message>
    <message>
        <source>Hear it (free)</source>
        <translation>Escucharla (gratis)</translation>
    </message>
    <message>
        <source>Hear the offline voice (free)</source>
        <translation>Escuchar la voz sin conexión (gratis)</translation>
    </message>
    <message>
        <source>Sounds can’t be played here: parts of the system are missing.</source>
        <translation>Aquí no se puede reproducir sonido: faltan partes del sistema.</translation>
    </message>
    <message>
        <source>There are no voices in the account.</source>
        <translation>No hay voces en la cuenta.</translation>
    </message>
    <message>
        <source>This computer has nothing to hear it with.</source>
        <translation>Esta computadora no tiene con qué reproducir sonido.</translation>
    </message>
</context>
<context>
    <name>ConnectionsSection</name>
    <message>
        <source>Connections</source>
        <translation>Conexiones</translation>
    </message>
</context>
<context>
    <name>Dashboard</name>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation><numerusform>%Ln carácter</numerusform><numerusform>%Ln caracteres</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s) of speech</source>
        <translation><numerusform>%Ln carácter de voz</numerusform><numerusform>%Ln caracteres de voz</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) can be worked on at once.</source>
        <translation><numerusform>Se puede trabajar en %Ln video a la vez.</numerusform><numerusform>Se puede trabajar en %Ln videos a la vez.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) in the last hour</source>
        <translation><numerusform>%Ln video en la última hora</numerusform><numerusform>%Ln videos en la última hora</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) will wait until tomorrow.</source>
        <translation><numerusform>%Ln video quedará para mañana.</numerusform><numerusform>%Ln videos quedarán para mañana.</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln second(s) of clips</source>
        <translation><numerusform>%Ln segundo de clips</numerusform><numerusform>%Ln segundos de clips</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln worker(s)</source>
        <translation><numerusform>%Ln puesto de trabajo</numerusform><numerusform>%Ln puestos de trabajo</numerusform></translation>
    </message>
    <message>
        <source>95 of 100 within {time}</source>
        <translation>95 de cada 100 en hasta {time}</translation>
    </message>
    <message>
        <source>A film cost {film}.</source>
        <translation>Un video costó {film}.</translation>
    </message>
    <message>
        <source>A film took {time}</source>
        <translation>Un video tardó {time}</translation>
    </message>
    <message>
        <source>A film took {time} on average.</source>
        <translation>Un video tardó {time} en promedio.</translation>
    </message>
    <message>
        <source>At this pace today's budget lasts until {time}.</source>
        <translation>A este ritmo, el presupuesto de hoy alcanza hasta las {time}.</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>Equipos</translation>
    </message>
    <message>
        <source>Doesn't work</source>
        <translation>No funciona</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Films an hour</source>
        <translation>Videos por hora</translation>
    </message>
    <message>
        <source>Films made</source>
        <translation>Videos hechos</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>Bien</translation>
    </message>
    <message>
        <source>HeyGen lip-sync</source>
        <translation>HeyGen, sincronización labial</translation>
    </message>
    <message>
        <source>It failed what others made. Look at its own health; started anew, it works again.</source>
        <translation>Falló en lo que otros hicieron bien. Revise el estado en ese equipo; al iniciarlo de nuevo, vuelve a trabajar.</translation>
    </message>
    <message>
        <source>Look whether it is on. Its films go to others by themselves.</source>
        <translation>Fíjese si está encendido. Sus videos pasan solos a otros equipos.</translation>
    </message>
    <message>
        <source>Needs a look</source>
        <translation>Conviene revisar</translation>
    </message>
    <message>
        <source>No computer makes films now.</source>
        <translation>Ahora ningún equipo hace videos.</translation>
    </message>
    <message>
        <source>No film was made in this time.</source>
        <translation>En este tiempo no se hizo ningún video.</translation>
    </message>
    <message>
        <source>Nothing was paid.</source>
        <translation>No se pagó nada.</translation>
    </message>
    <message>
        <source>Offline voice</source>
        <translation>Voz sin conexión</translation>
    </message>
    <message>
        <source>Pieces of picture</source>
        <translation>Partes de imagen</translation>
    </message>
    <message>
        <source>Room on the disks</source>
        <translation>Espacio en los discos</translation>
    </message>
    <message>
        <source>Saved, about: {what}.</source>
        <translation>Ahorro aproximado: {what}.</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>Apartado</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>Sin señal</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>Gastado</translation>
    </message>
    <message>
        <source>Spoken lines</source>
        <translation>Frases habladas</translation>
    </message>
    <message>
        <source>Success</source>
        <translation>Éxito</translation>
    </message>
    <message>
        <source>Talking clips</source>
        <translation>Clips que hablan</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Plantillas</translation>
    </message>
    <message>
        <source>The clock</source>
        <translation>El reloj</translation>
    </message>
    <message>
        <source>The films' folder</source>
        <translation>La carpeta de los videos</translation>
    </message>
    <message>
        <source>The first had waited {time}</source>
        <translation>El primero llevaba {time} de espera</translation>
    </message>
    <message>
        <source>The last 100 days</source>
        <translation>Los últimos 100 días</translation>
    </message>
    <message>
        <source>The last 24 hours</source>
        <translation>Las últimas 24 horas</translation>
    </message>
    <message>
        <source>The last hour</source>
        <translation>La última hora</translation>
    </message>
    <message>
        <source>The most in {when}: {films}.</source>
        <translation>Lo máximo, {when}: {films}.</translation>
    </message>
    <message>
        <source>The queue</source>
        <translation>La cola</translation>
    </message>
    <message>
        <source>The queue's store</source>
        <translation>El almacén de la cola</translation>
    </message>
    <message>
        <source>The template's mouths</source>
        <translation>Las bocas de la plantilla</translation>
    </message>
    <message>
        <source>Voices</source>
        <translation>Voces</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>What is left to make will cost about {usd}, at {film} a film.</source>
        <translation>Lo que falta hacer costará unos {usd}, a {film} por video.</translation>
    </message>
    <message>
        <source>What was made once is used again; nothing was yet.</source>
        <translation>Lo que se hace una vez se vuelve a usar; todavía no ocurrió.</translation>
    </message>
    <message>
        <source>Works</source>
        <translation>Funciona</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>a las {time}</translation>
    </message>
    <message>
        <source>heard of {when}</source>
        <translation>última señal: {when}</translation>
    </message>
    <message>
        <source>last heard of {when}</source>
        <translation>última señal: {when}</translation>
    </message>
    <message>
        <source>none failed</source>
        <translation>ninguno falló</translation>
    </message>
    <message>
        <source>none made in the last hour</source>
        <translation>ninguno en la última hora</translation>
    </message>
    <message>
        <source>nothing ended yet</source>
        <translation>todavía no terminó ninguno</translation>
    </message>
    <message>
        <source>nothing is left to make</source>
        <translation>no queda nada por hacer</translation>
    </message>
    <message>
        <source>nothing today</source>
        <translation>hoy, nada</translation>
    </message>
    <message>
        <source>nothing waits</source>
        <translation>nada en espera</translation>
    </message>
    <message>
        <source>on {day} at {time}</source>
        <translation>el {day} a las {time}</translation>
    </message>
    <message>
        <source>some over {time}</source>
        <translation>algunos, más de {time}</translation>
    </message>
    <message>
        <source>the first for {time}</source>
        <translation>el primero, desde hace {time}</translation>
    </message>
    <message>
        <source>the queue is done {when}</source>
        <translation>la cola termina {when}</translation>
    </message>
    <message>
        <source>they go on by themselves</source>
        <translation>siguen solos</translation>
    </message>
    <message>
        <source>today {spent}</source>
        <translation>hoy {spent}</translation>
    </message>
    <message>
        <source>today {spent} of {budget}</source>
        <translation>hoy {spent} de {budget}</translation>
    </message>
    <message>
        <source>{failed} of {all} failed</source>
        <translation>fallaron {failed} de {all}</translation>
    </message>
    <message>
        <source>{films} made, {failed} failed.</source>
        <translation>{films} hechos, {failed} fallidos.</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} h</translation>
    </message>
    <message>
        <source>{now} wait now; the most were {most} ({when}).</source>
        <translation>Ahora esperan {now}; el máximo fue {most} ({when}).</translation>
    </message>
    <message>
        <source>{there} there, {made} made</source>
        <translation>{there} encontradas, {made} hechas</translation>
    </message>
    <message>
        <source>{usd} in all, the most in {when}: {most}.</source>
        <translation>{usd} en total; lo máximo, {when}: {most}.</translation>
    </message>
</context>
<context>
    <name>DashboardFrame</name>
    <message>
        <source>Figures and health</source>
        <translation>Cifras y estado</translation>
    </message>
    <message>
        <source>From the first film on you see here how many are made an hour, where the time goes, what it cost and what was saved: over the last hour, the last day and the whole season.</source>
        <translation>Desde el primer video verá aquí cuántos se hacen por hora, en qué se va el tiempo, cuánto costó y cuánto se ahorró: en la última hora, en el último día y en toda la temporada.</translation>
    </message>
    <message>
        <source>How your workshop does</source>
        <translation>Cómo va su taller</translation>
    </message>
    <message>
        <source>The queue can't be reached. Its figures come as soon as it is back.</source>
        <translation>No se puede llegar a la cola. Las cifras aparecerán en cuanto vuelva.</translation>
    </message>
    <message>
        <source>The queue can't be reached. You see how it stood at {time}; it goes on by itself.</source>
        <translation>No se puede llegar a la cola. Usted ve cómo estaba a las {time}; se actualiza sola cuando vuelva.</translation>
    </message>
</context>
<context>
    <name>DashboardPage</name>
    <message>
        <source>Dashboard</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Revisar de nuevo</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Let go to check these files</source>
        <translation>Suelte para revisar estos archivos</translation>
    </message>
    <message>
        <source>Nothing is rendered before you have seen the result.</source>
        <translation>No se produce nada antes de que vea el resultado.</translation>
    </message>
</context>
<context>
    <name>EditTextSheet</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Intro</translation>
    </message>
    <message>
        <source>Edit the text</source>
        <translation>Editar el texto</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Santa will say</source>
        <translation>Papá Noel dirá</translation>
    </message>
    <message>
        <source>Save and make it again</source>
        <translation>Guardar y volver a hacerlo</translation>
    </message>
    <message>
        <source>Whole script</source>
        <translation>Guion completo</translation>
    </message>
    <message>
        <source>Whole script (if there is one, Santa says just this)</source>
        <translation>Guion completo (si lo hay, Papá Noel dice solo esto)</translation>
    </message>
</context>
<context>
    <name>FailedActions</name>
    <message>
        <source>&amp;Discard</source>
        <translation>&amp;Descartar</translation>
    </message>
    <message>
        <source>Correct this film's words and make it again</source>
        <translation>Corregir el texto de este video y volver a hacerlo</translation>
    </message>
    <message>
        <source>D&amp;etails</source>
        <translation>D&amp;etalles</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xportar…</translation>
    </message>
    <message>
        <source>Edit te&amp;xt…</source>
        <translation>Editar te&amp;xto…</translation>
    </message>
    <message>
        <source>Save the list of what failed, or its rows, as a file</source>
        <translation>Guardar en un archivo la lista de lo que falló, o sus filas</translation>
    </message>
    <message>
        <source>Show in the &amp;log</source>
        <translation>Mostrar en el re&amp;gistro</translation>
    </message>
    <message>
        <source>Take the selected films off this list; can be undone</source>
        <translation>Sacar de esta lista los videos elegidos; se puede deshacer</translation>
    </message>
    <message>
        <source>What happened to this film, attempt by attempt</source>
        <translation>Qué pasó con este video, intento por intento</translation>
    </message>
    <message>
        <source>What is written of this film</source>
        <translation>Lo que está anotado sobre este video</translation>
    </message>
</context>
<context>
    <name>FailedDelegate</name>
    <message numerus="yes">
        <source>%Ln attempt(s)</source>
        <translation><numerusform>%Ln intento</numerusform><numerusform>%Ln intentos</numerusform></translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Edit text</source>
        <translation>Editar texto</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Try these again</source>
        <translation>Reintentar estos</translation>
    </message>
</context>
<context>
    <name>FailedDesk</name>
    <message numerus="yes">
        <source>%Ln film(s) cancelled</source>
        <translation><numerusform>%Ln video cancelado</numerusform><numerusform>%Ln videos cancelados</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) discarded</source>
        <translation><numerusform>%Ln video descartado</numerusform><numerusform>%Ln videos descartados</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) saved in {file}.</source>
        <translation><numerusform>%Ln video guardado en {file}.</numerusform><numerusform>%Ln videos guardados en {file}.</numerusform></translation>
    </message>
    <message>
        <source>Report for a spreadsheet (*.csv)</source>
        <translation>Informe para una planilla (*.csv)</translation>
    </message>
    <message>
        <source>Report with technical detail (*.json)</source>
        <translation>Informe con detalle técnico (*.json)</translation>
    </message>
    <message>
        <source>Rows to correct and drop again (*.csv)</source>
        <translation>Filas para corregir y volver a soltar (*.csv)</translation>
    </message>
    <message>
        <source>Save what failed</source>
        <translation>Guardar lo que falló</translation>
    </message>
</context>
<context>
    <name>FailedModel</name>
    <message numerus="yes">
        <source>%Ln film(s): {reason}</source>
        <translation><numerusform>%Ln video: {reason}</numerusform><numerusform>%Ln videos: {reason}</numerusform></translation>
    </message>
</context>
<context>
    <name>FailedPage</name>
    <message>
        <source>A film that can't be made comes here, with the reason and what to do about it.</source>
        <translation>Aquí llega cada video que no se pudo hacer, con el motivo y qué hacer.</translation>
    </message>
    <message>
        <source>Could not be made: these need you</source>
        <translation>No se pudieron hacer: necesitan su atención</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Films that failed, by cause</source>
        <translation>Videos que fallaron, por causa</translation>
    </message>
    <message>
        <source>Nothing failed</source>
        <translation>Nada falló</translation>
    </message>
    <message>
        <source>The last one failed {when}.</source>
        <translation>El último falló {when}.</translation>
    </message>
</context>
<context>
    <name>FailureSheet</name>
    <message>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Copiar</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Descartar</translation>
    </message>
    <message>
        <source>Edit text…</source>
        <translation>Editar texto…</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Take it off this list; it can be undone</source>
        <translation>Sacarlo de esta lista; se puede deshacer</translation>
    </message>
    <message>
        <source>Technical detail</source>
        <translation>Detalle técnico</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>What happened to this film</source>
        <translation>Qué pasó con este video</translation>
    </message>
    <message>
        <source>What was tried, the last attempt first</source>
        <translation>Qué se intentó, lo último primero</translation>
    </message>
</context>
<context>
    <name>FileChoice</name>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Spreadsheets and scripts ({kinds})</source>
        <translation>Planillas y guiones ({kinds})</translation>
    </message>
    <message>
        <source>Spreadsheets or scripts</source>
        <translation>Planillas o guiones</translation>
    </message>
</context>
<context>
    <name>FilmStep</name>
    <message>
        <source>Connect a Redis</source>
        <translation>Conectar un Redis</translation>
    </message>
    <message>
        <source>Connect a voice</source>
        <translation>Conectar una voz</translation>
    </message>
    <message>
        <source>Here he is, {name}!</source>
        <translation>¡Aquí está, {name}!</translation>
    </message>
    <message>
        <source>Later, when you like</source>
        <translation>Más adelante, cuando quiera</translation>
    </message>
    <message>
        <source>Make another one</source>
        <translation>Hacer otro</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Start working</source>
        <translation>Empezar a trabajar</translation>
    </message>
    <message>
        <source>Then Santa sounds like a person. It needs an account with a voice service.</source>
        <translation>Así Papá Noel suena como una persona. Hace falta una cuenta en un servicio de voz.</translation>
    </message>
    <message>
        <source>Then several computers make your films together.</source>
        <translation>Así varias computadoras hacen juntas sus videos.</translation>
    </message>
    <message>
        <source>This film is half the size, and spoken by the computer’s own voice. It is in {folder}. From now on a spreadsheet is enough: drop it on the window, and each row becomes a film of full size.</source>
        <translation>Este video tiene la mitad del tamaño y lo dice la voz de la computadora. Está en {folder}. De ahora en adelante basta una planilla: suéltela sobre la ventana y cada fila se convierte en un video de tamaño completo.</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>All</source>
        <translation>Todos</translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelados</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listos</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Held up</source>
        <translation>Detenidos</translation>
    </message>
    <message>
        <source>Looks in names, files, texts, states, machines and reasons, of every film in the queue</source>
        <translation>Busca en nombres, archivos, textos, estados, computadoras y motivos, en todos los videos de la cola</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausados</translation>
    </message>
    <message>
        <source>Search (Ctrl+F)</source>
        <translation>Buscar (Ctrl+F)</translation>
    </message>
    <message>
        <source>Search the films</source>
        <translation>Buscar entre los videos</translation>
    </message>
    <message>
        <source>Show only these: {group}</source>
        <translation>Mostrar solo estos: {group}</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Para revisar</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
</context>
<context>
    <name>FolderEditor</name>
    <message>
        <source>Choose: {setting}</source>
        <translation>Elegir: {setting}</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Elegir…</translation>
    </message>
</context>
<context>
    <name>HealthCard</name>
    <message>
        <source>Everything a film needs is being looked at…</source>
        <translation>Revisando todo lo que necesita un video…</translation>
    </message>
    <message>
        <source>Is all well?</source>
        <translation>¿Está todo bien?</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Revisar de nuevo</translation>
    </message>
    <message>
        <source>Looked at {when}.</source>
        <translation>Revisado {when}.</translation>
    </message>
    <message>
        <source>Looks at everything a film needs; it takes a second or two</source>
        <translation>Revisa todo lo que necesita un video; tarda uno o dos segundos</translation>
    </message>
</context>
<context>
    <name>JobTable</name>
    <message>
        <source>Films in the queue</source>
        <translation>Videos en la cola</translation>
    </message>
</context>
<context>
    <name>KeyButton</name>
    <message>
        <source>Space</source>
        <translation>Espacio</translation>
    </message>
</context>
<context>
    <name>KeyEditor</name>
    <message>
        <source>Ask the keyring again</source>
        <translation>Preguntar otra vez al llavero</translation>
    </message>
    <message>
        <source>Ask the keyring again: {setting}</source>
        <translation>Preguntar otra vez al llavero: {setting}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Keep as it is: {setting}</source>
        <translation>Dejar como está: {setting}</translation>
    </message>
    <message>
        <source>Paste the key here</source>
        <translation>Pegue la clave aquí</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Quitar</translation>
    </message>
    <message>
        <source>Remove: {setting}</source>
        <translation>Quitar: {setting}</translation>
    </message>
    <message>
        <source>Replace: {setting}</source>
        <translation>Reemplazar: {setting}</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Reemplazar…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Guardar</translation>
    </message>
    <message>
        <source>Save: {setting}</source>
        <translation>Guardar: {setting}</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Guardando…</translation>
    </message>
</context>
<context>
    <name>LineDetails</name>
    <message>
        <source>A line that can't be understood</source>
        <translation>Una línea que no se entiende</translation>
    </message>
    <message>
        <source>Copy line</source>
        <translation>Copiar línea</translation>
    </message>
    <message>
        <source>Copy the chosen lines (Ctrl+C)</source>
        <translation>Copiar las líneas elegidas (Ctrl+C)</translation>
    </message>
    <message>
        <source>Copy the film's story</source>
        <translation>Copiar la historia del video</translation>
    </message>
    <message>
        <source>Copy what happened to this film and what is written of it, without names or texts</source>
        <translation>Copiar lo que pasó con este video y lo que está anotado sobre él, sin nombres ni textos</translation>
    </message>
    <message>
        <source>Only this film</source>
        <translation>Solo este video</translation>
    </message>
    <message>
        <source>Show only the lines about this film</source>
        <translation>Mostrar solo las líneas sobre este video</translation>
    </message>
    <message>
        <source>The chosen line in full</source>
        <translation>La línea elegida, completa</translation>
    </message>
</context>
<context>
    <name>LinesModel</name>
    <message>
        <source>Film</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>Nivel</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Qué pasó</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Cuándo</translation>
    </message>
</context>
<context>
    <name>LogBoard</name>
    <message numerus="yes">
        <source>%Ln line(s)</source>
        <translation><numerusform>%Ln línea</numerusform><numerusform>%Ln líneas</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln new: to the newest</source>
        <translation><numerusform>%Ln nueva: ir a la última</numerusform><numerusform>%Ln nuevas: ir a la última</numerusform></translation>
    </message>
    <message>
        <source>Follow again (End)</source>
        <translation>Volver a seguir (Fin)</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>Siguiendo</translation>
    </message>
    <message>
        <source>Lines of the log</source>
        <translation>Líneas del registro</translation>
    </message>
    <message>
        <source>New lines are shown as they come; scroll up to stop</source>
        <translation>Las líneas nuevas se muestran a medida que llegan; desplácese hacia arriba para detenerse</translation>
    </message>
    <message>
        <source>No line is as you want it.</source>
        <translation>Ninguna línea es como la que busca.</translation>
    </message>
    <message>
        <source>Nothing is written here about this film: another computer made it, or it is too long ago.</source>
        <translation>Aquí no hay nada anotado sobre este video: lo hizo otra computadora, o fue hace demasiado tiempo.</translation>
    </message>
    <message>
        <source>Nothing is written yet: the log begins with the first thing that is done.</source>
        <translation>Todavía no hay nada anotado: el registro empieza con lo primero que se haga.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>The log can't be read: ask for the right to read {folder}.</source>
        <translation>No se puede leer el registro: pida permiso para leer {folder}.</translation>
    </message>
    <message>
        <source>To the newest</source>
        <translation>Ir a la última</translation>
    </message>
    <message>
        <source>the log can’t be read any more</source>
        <translation>ya no se puede leer el registro</translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln line(s)</source>
        <translation><numerusform>{shown} de %Ln línea</numerusform><numerusform>{shown} de %Ln líneas</numerusform></translation>
    </message>
</context>
<context>
    <name>LogDesk</name>
    <message numerus="yes">
        <source>%Ln line(s) copied.</source>
        <translation><numerusform>%Ln línea copiada.</numerusform><numerusform>%Ln líneas copiadas.</numerusform></translation>
    </message>
    <message>
        <source>&amp;Copy lines</source>
        <translation>&amp;Copiar líneas</translation>
    </message>
    <message>
        <source>Choose another place or name.</source>
        <translation>Elija otro lugar u otro nombre.</translation>
    </message>
    <message>
        <source>Copy the film's &amp;story</source>
        <translation>Copiar la &amp;historia del video</translation>
    </message>
    <message>
        <source>It holds no name and no text: paste it where you ask.</source>
        <translation>No contiene nombres ni textos: péguela donde pida ayuda.</translation>
    </message>
    <message>
        <source>It is made with the first line.</source>
        <translation>Se crea con la primera línea.</translation>
    </message>
    <message>
        <source>Its lines can still be copied.</source>
        <translation>Sus líneas todavía se pueden copiar.</translation>
    </message>
    <message>
        <source>Nothing about any child is in it: send it to whoever helps you.</source>
        <translation>No contiene nada sobre ningún niño: envíelo a quien le ayude.</translation>
    </message>
    <message>
        <source>Only this &amp;batch</source>
        <translation>Solo este &amp;lote</translation>
    </message>
    <message>
        <source>Only this &amp;film</source>
        <translation>Solo este &amp;video</translation>
    </message>
    <message>
        <source>The film's story is copied.</source>
        <translation>La historia del video está copiada.</translation>
    </message>
    <message>
        <source>The support file {file} can't be written: {reason}.</source>
        <translation>No se puede escribir el archivo de ayuda {file}: {reason}.</translation>
    </message>
    <message>
        <source>The support file {file} is saved.</source>
        <translation>El archivo de ayuda {file} está guardado.</translation>
    </message>
    <message>
        <source>There is no folder of logs yet.</source>
        <translation>Todavía no hay carpeta de registros.</translation>
    </message>
    <message>
        <source>This computer has no program that shows folders.</source>
        <translation>Esta computadora no tiene un programa que muestre carpetas.</translation>
    </message>
    <message>
        <source>This film is not known any more.</source>
        <translation>Este video ya no se conoce.</translation>
    </message>
</context>
<context>
    <name>LogFilters</name>
    <message>
        <source>All</source>
        <translation>Todo</translation>
    </message>
    <message>
        <source>All batches</source>
        <translation>Todos los lotes</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lote</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Errores</translation>
    </message>
    <message>
        <source>Every line</source>
        <translation>Todas las líneas</translation>
    </message>
    <message>
        <source>Only this film: {name}</source>
        <translation>Solo este video: {name}</translation>
    </message>
    <message>
        <source>Search the log</source>
        <translation>Buscar en el registro</translation>
    </message>
    <message>
        <source>Show the lines of all films again</source>
        <translation>Mostrar de nuevo las líneas de todos los videos</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Pasos</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Avisos</translation>
    </message>
    <message>
        <source>What did not go as it should, and worse</source>
        <translation>Lo que no salió como debía, y lo peor</translation>
    </message>
    <message>
        <source>What was done, without the details</source>
        <translation>Lo que se hizo, sin los detalles</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>Lo que salió mal</translation>
    </message>
</context>
<context>
    <name>LogLevel</name>
    <message>
        <source>Detail</source>
        <translation>Detalle</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Error</translation>
    </message>
    <message>
        <source>Severe</source>
        <translation>Grave</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Paso</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>Aviso</translation>
    </message>
</context>
<context>
    <name>LogPage</name>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Open the folder of the log's files</source>
        <translation>Abrir la carpeta de los archivos del registro</translation>
    </message>
    <message>
        <source>Save a file to ask for help with, without anything about a child</source>
        <translation>Guardar un archivo para pedir ayuda, sin nada sobre ningún niño</translation>
    </message>
    <message>
        <source>Support file…</source>
        <translation>Archivo de ayuda…</translation>
    </message>
    <message>
        <source>What this computer did; other computers keep logs of their own. What is written holds no child's name, no text and no key.</source>
        <translation>Lo que hizo esta computadora; las otras llevan su propio registro. Lo anotado no contiene nombres de niños, textos ni claves.</translation>
    </message>
</context>
<context>
    <name>MakingStep</name>
    <message>
        <source>Back</source>
        <translation>Volver</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Getting Santa ready…</source>
        <translation>Preparando a Papá Noel…</translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation>Ir a la cola</translation>
    </message>
    <message>
        <source>His voice, for {name}</source>
        <translation>Su voz, para {name}</translation>
    </message>
    <message>
        <source>Joining the scenes…</source>
        <translation>Uniendo las escenas…</translation>
    </message>
    <message>
        <source>Letting it snow on the village…</source>
        <translation>Haciendo nevar sobre el pueblo…</translation>
    </message>
    <message>
        <source>Lighting Santa’s fire…</source>
        <translation>Encendiendo el hogar de Papá Noel…</translation>
    </message>
    <message>
        <source>Making Santa’s mouth…</source>
        <translation>Dibujando la boca de Papá Noel…</translation>
    </message>
    <message>
        <source>Picture, voice and music, put together</source>
        <translation>Imagen, voz y música, todo junto</translation>
    </message>
    <message>
        <source>Santa is writing to {name}</source>
        <translation>Papá Noel le escribe a {name}</translation>
    </message>
    <message>
        <source>Santa, his mouth and his village: once, for all your films</source>
        <translation>Papá Noel, su boca y su pueblo: una sola vez, para todos sus videos</translation>
    </message>
    <message>
        <source>The film goes on being made there</source>
        <translation>El video se sigue haciendo allí</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
    <message>
        <source>Tuning the bells…</source>
        <translation>Afinando las campanas…</translation>
    </message>
    <message>
        <source>Waiting for the dawn…</source>
        <translation>Esperando el amanecer…</translation>
    </message>
    <message>
        <source>{percent} · {span} left</source>
        <translation>{percent} · faltan {span}</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Apariencia</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Archivo</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>A&amp;yuda</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>&amp;Idioma</translation>
    </message>
    <message>
        <source>&amp;Queue</source>
        <translation>&amp;Cola</translation>
    </message>
    <message>
        <source>&amp;Review</source>
        <translation>&amp;Revisión</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ver</translation>
    </message>
    <message>
        <source>F&amp;ailed</source>
        <translation>&amp;Fallidos</translation>
    </message>
    <message>
        <source>Fil&amp;ms</source>
        <translation>&amp;Videos</translation>
    </message>
    <message>
        <source>P&amp;riority</source>
        <translation>P&amp;rioridad</translation>
    </message>
</context>
<context>
    <name>MomentSheet</name>
    <message>
        <source>Enter</source>
        <translation>Intro</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Dejar como está</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>Fijar</translation>
    </message>
</context>
<context>
    <name>NameDelegate</name>
    <message>
        <source>How {name} is said</source>
        <translation>Cómo se dice {name}</translation>
    </message>
</context>
<context>
    <name>NamesDesk</name>
    <message>
        <source>The sound can't be played.</source>
        <translation>No se puede reproducir el sonido.</translation>
    </message>
    <message>
        <source>There is nothing to hear it with: no loudspeaker, no headphones.</source>
        <translation>No hay con qué escucharlo: ni parlante ni auriculares.</translation>
    </message>
    <message>
        <source>This computer lacks what is needed to play sound.</source>
        <translation>A esta computadora le falta lo necesario para reproducir sonido.</translation>
    </message>
</context>
<context>
    <name>NamesModel</name>
    <message>
        <source>English</source>
        <translation>inglés</translation>
    </message>
    <message>
        <source>Hear</source>
        <translation>Escuchar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nombre</translation>
    </message>
    <message>
        <source>Said as</source>
        <translation>Se dice</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>español</translation>
    </message>
    <message>
        <source>Why listen</source>
        <translation>Por qué escucharlo</translation>
    </message>
    <message>
        <source>as it is written</source>
        <translation>como está escrito</translation>
    </message>
    <message>
        <source>“{letters}” can hardly be said as a word</source>
        <translation>“{letters}” casi no se puede decir como palabra</translation>
    </message>
    <message>
        <source>“{letters}” is not written in {language}</source>
        <translation>“{letters}” no se escribe en {language}</translation>
    </message>
    <message>
        <source>“{letters}” is rare in {language}</source>
        <translation>“{letters}” es poco común en {language}</translation>
    </message>
</context>
<context>
    <name>NamesSheet</name>
    <message numerus="yes">
        <source>%Ln name(s)</source>
        <translation><numerusform>%Ln nombre</numerusform><numerusform>%Ln nombres</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln respelled</source>
        <translation><numerusform>%Ln reescrito</numerusform><numerusform>%Ln reescritos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln to listen to</source>
        <translation><numerusform>%Ln por escuchar</numerusform><numerusform>%Ln por escuchar</numerusform></translation>
    </message>
    <message>
        <source>As it is written</source>
        <translation>Como está escrito</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Cerrar (Esc)</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Hear</source>
        <translation>Escuchar</translation>
    </message>
    <message>
        <source>Hear the chosen name (Space)</source>
        <translation>Escuchar el nombre elegido (Espacio)</translation>
    </message>
    <message>
        <source>Heard with the free offline voice; another voice may read a name otherwise. What you write here is only spoken: captions and name cards keep the name. Films that wait take it too.</source>
        <translation>Se escucha con la voz gratuita sin conexión; otra voz puede leer un nombre de otro modo. Lo que escriba aquí solo se pronuncia: los subtítulos y las tarjetas conservan el nombre. Los videos en espera también lo toman.</translation>
    </message>
    <message>
        <source>How names are said</source>
        <translation>Cómo se dicen los nombres</translation>
    </message>
    <message>
        <source>Names and how they are said</source>
        <translation>Los nombres y cómo se dicen</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Leyendo…</translation>
    </message>
    <message>
        <source>Respell…</source>
        <translation>Reescribir…</translation>
    </message>
    <message>
        <source>Say this name as it is written again</source>
        <translation>Volver a decir este nombre como está escrito</translation>
    </message>
    <message>
        <source>There are no names here.</source>
        <translation>Aquí no hay nombres.</translation>
    </message>
    <message>
        <source>Write it as it sounds; Enter keeps it, Ctrl+Space hears it before</source>
        <translation>Escríbalo como suena; Entrar lo guarda, Ctrl+Espacio lo hace oír antes</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Another Trineo is working on this queue. Here you only see how it stood when you opened it.</source>
        <translation>Otro Trineo está trabajando en esta cola. Aquí solo se ve cómo estaba al abrirla.</translation>
    </message>
    <message>
        <source>Close the other one to work here.</source>
        <translation>Cierre el otro para trabajar aquí.</translation>
    </message>
    <message>
        <source>Nothing is lost: they begin again by themselves.</source>
        <translation>No se pierde nada: empiezan de nuevo solas.</translation>
    </message>
    <message>
        <source>Nothing is lost: what is shown here goes on by itself as soon as it is back.</source>
        <translation>No se pierde nada: lo que se ve aquí sigue solo en cuanto vuelva.</translation>
    </message>
    <message>
        <source>Something went wrong in this window.</source>
        <translation>Algo salió mal en esta ventana.</translation>
    </message>
    <message>
        <source>The films go on. If it happens again, send the log file to whoever looks after Trineo.</source>
        <translation>Los videos siguen. Si vuelve a pasar, envíe el archivo de registro a quien se ocupa de Trineo.</translation>
    </message>
    <message>
        <source>The queue can't be reached.</source>
        <translation>No se puede llegar a la cola.</translation>
    </message>
    <message numerus="yes">
        <source>Trineo was cut off while %Ln film(s) were being made.</source>
        <translation><numerusform>Trineo se interrumpió mientras se hacía %Ln video.</numerusform><numerusform>Trineo se interrumpió mientras se hacían %Ln videos.</numerusform></translation>
    </message>
</context>
<context>
    <name>OpeningPage</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation>Abriendo la cola…</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Dashboard</source>
        <translation>Panel</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fallidos</translation>
    </message>
    <message>
        <source>Films that wait for your approval</source>
        <translation>Videos que esperan su aprobación</translation>
    </message>
    <message>
        <source>How Trineo works, and the services it uses</source>
        <translation>Cómo trabaja Trineo y qué servicios usa</translation>
    </message>
    <message>
        <source>How the work goes, what it costs, and whether all is well</source>
        <translation>Cómo va el trabajo, cuánto cuesta y si todo está bien</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Registro</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>What could not be made, and why</source>
        <translation>Lo que no se pudo hacer, y por qué</translation>
    </message>
    <message>
        <source>What is being made and what was made</source>
        <translation>Lo que se está haciendo y lo que ya se hizo</translation>
    </message>
    <message>
        <source>What the program did, line by line</source>
        <translation>Lo que hizo el programa, línea por línea</translation>
    </message>
</context>
<context>
    <name>ParkedCard</name>
    <message numerus="yes">
        <source>%Ln film(s)</source>
        <translation><numerusform>%Ln video</numerusform><numerusform>%Ln videos</numerusform></translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>Preguntar ya</translation>
    </message>
    <message>
        <source>Cancel these</source>
        <translation>Cancelar estos</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Detalles</translation>
    </message>
    <message>
        <source>Look now whether it is back</source>
        <translation>Ver ahora si ya volvió</translation>
    </message>
    <message>
        <source>Make them anyway</source>
        <translation>Hacerlos igual</translation>
    </message>
    <message>
        <source>They are made again, although they may have been paid for already</source>
        <translation>Se vuelven a hacer, aunque quizá ya se hayan pagado</translation>
    </message>
    <message>
        <source>goes on by itself as soon as a computer that works here finds it back</source>
        <translation>sigue solo en cuanto un equipo que trabaja en esta cola vea que volvió</translation>
    </message>
    <message numerus="yes">
        <source>goes on by itself; asked again in %Ln min</source>
        <translation><numerusform>sigue solo; se vuelve a preguntar en %Ln min</numerusform><numerusform>sigue solo; se vuelve a preguntar en %Ln min</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>goes on by itself; asked again in %Ln s</source>
        <translation><numerusform>sigue solo; se vuelve a preguntar en %Ln s</numerusform><numerusform>sigue solo; se vuelve a preguntar en %Ln s</numerusform></translation>
    </message>
    <message>
        <source>waits for you to decide</source>
        <translation>espera su decisión</translation>
    </message>
</context>
<context>
    <name>ParkedPanel</name>
    <message>
        <source>Held up: nothing is wrong with these films</source>
        <translation>A la espera: estos videos no tienen nada malo</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>Click to play; drag the film out of here into another program</source>
        <translation>Clic para reproducir; arrastre el video desde aquí a otro programa</translation>
    </message>
    <message>
        <source>Copy path</source>
        <translation>Copiar ruta</translation>
    </message>
    <message>
        <source>Copy where the film is, to paste it elsewhere</source>
        <translation>Copiar dónde está el video, para pegarlo en otro lado</translation>
    </message>
    <message>
        <source>Films can't be played in this window on this computer: parts of the system are missing.</source>
        <translation>En este equipo los videos no se pueden reproducir dentro de la ventana: faltan partes del sistema.</translation>
    </message>
    <message>
        <source>No sound: this computer has nothing to play it on.</source>
        <translation>Sin sonido: este equipo no tiene con qué reproducirlo.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Open the film with the system’s player</source>
        <translation>Abrir el video con el reproductor del sistema</translation>
    </message>
    <message>
        <source>Other player</source>
        <translation>Otro programa</translation>
    </message>
    <message>
        <source>Path copied</source>
        <translation>Ruta copiada</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausar</translation>
    </message>
    <message>
        <source>Place in the film</source>
        <translation>Posición en el video</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Reproducir</translation>
    </message>
    <message>
        <source>Show the film in its folder</source>
        <translation>Mostrar el video en su carpeta</translation>
    </message>
    <message>
        <source>Sound on or off</source>
        <translation>Activar o silenciar el sonido</translation>
    </message>
    <message>
        <source>The film</source>
        <translation>El video</translation>
    </message>
    <message>
        <source>This film can't be played here. It may have been moved, or its drive is not connected.</source>
        <translation>Este video no se puede reproducir aquí. Quizá se movió o su disco no está conectado.</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Volumen</translation>
    </message>
    <message>
        <source>{action} (space)</source>
        <translation>{action} (espacio)</translation>
    </message>
</context>
<context>
    <name>PlayerSheet</name>
    <message>
        <source>Close</source>
        <translation>Cerrar</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Watch the film</source>
        <translation>Ver el video</translation>
    </message>
</context>
<context>
    <name>PreflightNotes</name>
    <message>
        <source>About {dollars} US$ for services</source>
        <translation>Unos {dollars} US$ en servicios</translation>
    </message>
    <message>
        <source>The template is being made ready: {percent} %</source>
        <translation>La plantilla se está preparando: {percent} %</translation>
    </message>
    <message>
        <source>{characters} characters of speech, {percent} % less than film by film</source>
        <translation>{characters} caracteres de voz, {percent} % menos que video por video</translation>
    </message>
</context>
<context>
    <name>PreflightOptions</name>
    <message>
        <source>A file beside it (.srt)</source>
        <translation>Un archivo aparte (.srt)</translation>
    </message>
    <message>
        <source>A file beside it (.vtt)</source>
        <translation>Un archivo aparte (.vtt)</translation>
    </message>
    <message>
        <source>Begin at</source>
        <translation>Empezar a las</translation>
    </message>
    <message>
        <source>Captions</source>
        <translation>Subtítulos</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Choose another folder for these films</source>
        <translation>Elegir otra carpeta para estos videos</translation>
    </message>
    <message>
        <source>Due by</source>
        <translation>Para antes de</translation>
    </message>
    <message>
        <source>Every film</source>
        <translation>Todos los videos</translation>
    </message>
    <message>
        <source>Films go to</source>
        <translation>Los videos van a</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Formato</translation>
    </message>
    <message>
        <source>How Santa speaks: the best that works, or one way only</source>
        <translation>Cómo habla Papá Noel: la mejor manera posible, o una sola</translation>
    </message>
    <message>
        <source>How many of them a person approves before delivery</source>
        <translation>Cuántos aprueba una persona antes de la entrega</translation>
    </message>
    <message>
        <source>Look at films first</source>
        <translation>Revisar antes</translation>
    </message>
    <message>
        <source>No, deliver at once</source>
        <translation>No, entregar enseguida</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Ninguno</translation>
    </message>
    <message>
        <source>On the picture</source>
        <translation>Sobre la imagen</translation>
    </message>
    <message numerus="yes">
        <source>One in %Ln</source>
        <translation><numerusform>Uno de cada %Ln</numerusform><numerusform>Uno de cada %Ln</numerusform></translation>
    </message>
    <message>
        <source>Santa’s face</source>
        <translation>Cara de Papá Noel</translation>
    </message>
    <message>
        <source>Size and quality of the films</source>
        <translation>Tamaño y calidad de los videos</translation>
    </message>
    <message>
        <source>Template</source>
        <translation>Plantilla</translation>
    </message>
    <message>
        <source>The films wait until then</source>
        <translation>Los videos esperan hasta entonces</translation>
    </message>
    <message>
        <source>The folder for the films</source>
        <translation>La carpeta para los videos</translation>
    </message>
    <message>
        <source>To be switched on</source>
        <translation>Se pueden activar</translation>
    </message>
    <message>
        <source>Trineo warns when it will not make it</source>
        <translation>Trineo avisa si no va a llegar</translation>
    </message>
    <message>
        <source>What Santa says, to be read along</source>
        <translation>Lo que dice Papá Noel, para leerlo a la vez</translation>
    </message>
    <message>
        <source>What the films are made from</source>
        <translation>Con qué se hacen los videos</translation>
    </message>
</context>
<context>
    <name>PreflightSheet</name>
    <message numerus="yes">
        <source>%Ln film(s) can be made, some rows can't</source>
        <translation><numerusform>%Ln video se puede hacer; algunas filas no</numerusform><numerusform>%Ln videos se pueden hacer; algunas filas no</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s) ready to make</source>
        <translation><numerusform>%Ln video listo para hacer</numerusform><numerusform>%Ln videos listos para hacer</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln refused row(s) written to {file}.</source>
        <translation><numerusform>%Ln fila rechazada guardada en {file}.</numerusform><numerusform>%Ln filas rechazadas guardadas en {file}.</numerusform></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Check before rendering</source>
        <translation>Revisión antes de producir</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Columnas</translation>
    </message>
    <message>
        <source>Correct them there and drop the file here.</source>
        <translation>Corríjalas allí y suelte el archivo aquí.</translation>
    </message>
    <message>
        <source>Export the refused…</source>
        <translation>Exportar las rechazadas…</translation>
    </message>
    <message numerus="yes">
        <source>First %Ln, then ask</source>
        <translation><numerusform>Primero %Ln y después preguntar</numerusform><numerusform>Primero %Ln y después preguntar</numerusform></translation>
    </message>
    <message>
        <source>Hear how the names are said, and respell those that are wrong</source>
        <translation>Escuche cómo se dicen los nombres y reescriba los que suenan mal</translation>
    </message>
    <message>
        <source>Make these, and hold the others until you have seen them</source>
        <translation>Hacer estos y dejar los demás en pausa hasta que los vea</translation>
    </message>
    <message>
        <source>Names…</source>
        <translation>Nombres…</translation>
    </message>
    <message>
        <source>No film can be made from this</source>
        <translation>Con esto no se puede hacer ningún video</translation>
    </message>
    <message>
        <source>Not yet</source>
        <translation>Todavía no</translation>
    </message>
    <message>
        <source>Queue nothing (Esc)</source>
        <translation>No poner nada en la cola (Esc)</translation>
    </message>
    <message>
        <source>Queue the accepted rows (Enter)</source>
        <translation>Poner en la cola las filas aceptadas (Intro)</translation>
    </message>
    <message>
        <source>Reading the files…</source>
        <translation>Leyendo los archivos…</translation>
    </message>
    <message>
        <source>Render</source>
        <translation>Producir</translation>
    </message>
    <message numerus="yes">
        <source>Render %Ln film(s)</source>
        <translation><numerusform>Producir %Ln video</numerusform><numerusform>Producir %Ln videos</numerusform></translation>
    </message>
    <message>
        <source>Rows with problems</source>
        <translation>Filas con problemas</translation>
    </message>
    <message>
        <source>Spreadsheet (*.csv)</source>
        <translation>Planilla (*.csv)</translation>
    </message>
    <message>
        <source>What each column of the sheets was taken for, and what the files are written in</source>
        <translation>Qué se entendió de cada columna y con qué codificación se leyó cada archivo</translation>
    </message>
    <message>
        <source>Where the refused rows go</source>
        <translation>Dónde guardar las filas rechazadas</translation>
    </message>
    <message>
        <source>Write the refused rows and their reasons to a sheet you can correct</source>
        <translation>Guardar las filas rechazadas y sus motivos en una planilla para corregir</translation>
    </message>
    <message numerus="yes">
        <source>accepted</source>
        <translation><numerusform>aceptada</numerusform><numerusform>aceptadas</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %Ln more</source>
        <translation><numerusform>y %Ln más</numerusform><numerusform>y %Ln más</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>refused</source>
        <translation><numerusform>rechazada</numerusform><numerusform>rechazadas</numerusform></translation>
    </message>
    <message>
        <source>to look at</source>
        <translation>para mirar</translation>
    </message>
    <message>
        <source>{file} - refused.csv</source>
        <translation>{file} - rechazadas.csv</translation>
    </message>
    <message numerus="yes">
        <source>{names} and %Ln more</source>
        <translation><numerusform>{names} y %Ln más</numerusform><numerusform>{names} y %Ln más</numerusform></translation>
    </message>
</context>
<context>
    <name>ProblemList</name>
    <message>
        <source>column {field}</source>
        <translation>columna {field}</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>fila {row}</translation>
    </message>
</context>
<context>
    <name>QueueDesk</name>
    <message>
        <source>Begin at…</source>
        <translation>Empezar a las…</translation>
    </message>
    <message>
        <source>Begin now</source>
        <translation>Empezar ahora</translation>
    </message>
    <message>
        <source>By when is this batch due?</source>
        <translation>¿Para cuándo es este lote?</translation>
    </message>
    <message>
        <source>Cancel what is left</source>
        <translation>Cancelar lo que falta</translation>
    </message>
    <message>
        <source>Due by…</source>
        <translation>Para antes de…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Continuar</translation>
    </message>
    <message>
        <source>Make it next</source>
        <translation>Hacerlo enseguida</translation>
    </message>
    <message>
        <source>Names…</source>
        <translation>Nombres…</translation>
    </message>
    <message>
        <source>No deadline</source>
        <translation>Sin hora límite</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>Prioridad</translation>
    </message>
    <message>
        <source>Stop after these</source>
        <translation>Parar después de estos</translation>
    </message>
    <message>
        <source>Trineo warns when the batch will not make it at the present rate.</source>
        <translation>Trineo avisa si al ritmo actual el lote no va a llegar.</translation>
    </message>
    <message>
        <source>Trineo, on this computer or another of the queue, has to be open then.</source>
        <translation>A esa hora Trineo tiene que estar abierto, en esta computadora o en otra de la cola.</translation>
    </message>
    <message numerus="yes">
        <source>When should %Ln film(s) begin?</source>
        <translation><numerusform>¿Cuándo debe empezar %Ln video?</numerusform><numerusform>¿Cuándo deben empezar %Ln videos?</numerusform></translation>
    </message>
    <message>
        <source>When should this batch begin?</source>
        <translation>¿Cuándo debe empezar este lote?</translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message>
        <source>Choose files…</source>
        <translation>Elegir archivos…</translation>
    </message>
    <message>
        <source>Choose spreadsheets or scripts (Ctrl+O)</source>
        <translation>Elegir planillas o guiones (Ctrl+O)</translation>
    </message>
    <message>
        <source>Drop a spreadsheet or scripts here</source>
        <translation>Suelte aquí una planilla o guiones</translation>
    </message>
    <message>
        <source>One row for each child: a column with the name, and what Santa should know. You see what was understood before anything is rendered.</source>
        <translation>Una fila por cada chico: una columna con el nombre y lo que Papá Noel debe saber. Antes de producir nada se ve lo que se entendió.</translation>
    </message>
    <message>
        <source>Opening the queue…</source>
        <translation>Abriendo la cola…</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Cola</translation>
    </message>
    <message>
        <source>Six films from a spreadsheet that comes along</source>
        <translation>Seis videos de una planilla incluida en el programa</translation>
    </message>
    <message>
        <source>Try the sample</source>
        <translation>Probar el ejemplo</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message numerus="yes">
        <source>%Ln film(s) being made</source>
        <translation><numerusform>%Ln video en curso</numerusform><numerusform>%Ln videos en curso</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln waiting</source>
        <translation><numerusform>%Ln en espera</numerusform><numerusform>%Ln en espera</numerusform></translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nada que hacer</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Páginas</translation>
    </message>
</context>
<context>
    <name>ReviewActions</name>
    <message>
        <source>&amp;Approve</source>
        <translation>&amp;Aprobar</translation>
    </message>
    <message>
        <source>&amp;Back 5 s</source>
        <translation>&amp;Atrás 5 s</translation>
    </message>
    <message>
        <source>&amp;Forward 5 s</source>
        <translation>A&amp;delante 5 s</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Siguiente</translation>
    </message>
    <message>
        <source>&amp;Play or pause</source>
        <translation>&amp;Reproducir o pausar</translation>
    </message>
    <message>
        <source>&amp;Set aside</source>
        <translation>Apar&amp;tar</translation>
    </message>
    <message>
        <source>&amp;Voice again</source>
        <translation>Otra &amp;voz</translation>
    </message>
    <message>
        <source>Correct the words and make the film again</source>
        <translation>Corregir el texto y volver a hacer el video</translation>
    </message>
    <message>
        <source>Decide later, look at the next one</source>
        <translation>Decidir después y ver el siguiente</translation>
    </message>
    <message>
        <source>Edit &amp;text…</source>
        <translation>Editar te&amp;xto…</translation>
    </message>
    <message>
        <source>Go back five seconds in the film</source>
        <translation>Volver cinco segundos en el video</translation>
    </message>
    <message>
        <source>Go on five seconds in the film</source>
        <translation>Avanzar cinco segundos en el video</translation>
    </message>
    <message>
        <source>It is good: move it to the approved films</source>
        <translation>Está bien: pasarlo a los videos aprobados</translation>
    </message>
    <message>
        <source>Not good: put it among the failed films</source>
        <translation>No sirve: ponerlo entre los fallidos</translation>
    </message>
    <message>
        <source>Play the film, or pause it</source>
        <translation>Reproducir el video o pausarlo</translation>
    </message>
    <message>
        <source>Speak the same words anew and make the film again</source>
        <translation>Volver a decir las mismas palabras y hacer el video de nuevo</translation>
    </message>
</context>
<context>
    <name>ReviewPage</name>
    <message numerus="yes">
        <source>%Ln film(s) to look at</source>
        <translation><numerusform>%Ln video por revisar</numerusform><numerusform>%Ln videos por revisar</numerusform></translation>
    </message>
    <message>
        <source>Choose “look at the films” when you add files: finished ones then wait here until you approve them.</source>
        <translation>Elija “revisar los videos” al agregar archivos: los terminados esperan aquí hasta que los apruebe.</translation>
    </message>
    <message>
        <source>Films to look at</source>
        <translation>Videos por revisar</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>Nada por revisar</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Revisión</translation>
    </message>
    <message numerus="yes">
        <source>one of every %Ln films is looked at</source>
        <translation><numerusform>se revisa uno de cada %Ln video</numerusform><numerusform>se revisa uno de cada %Ln videos</numerusform></translation>
    </message>
</context>
<context>
    <name>RowAction</name>
    <message>
        <source>Cancel</source>
        <translation>Cancelar</translation>
    </message>
    <message>
        <source>Open film</source>
        <translation>Abrir video</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Abrir carpeta</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Reintentar</translation>
    </message>
</context>
<context>
    <name>RowWords</name>
    <message>
        <source>Del cancels the selected films</source>
        <translation>Supr cancela los videos elegidos</translation>
    </message>
    <message>
        <source>Enter opens the film, Ctrl+Enter its folder</source>
        <translation>Intro abre el video, Ctrl+Intro su carpeta</translation>
    </message>
    <message>
        <source>Film</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avance</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Estado</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Tiempo</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Dónde</translation>
    </message>
    <message>
        <source>at {time}</source>
        <translation>a las {time}</translation>
    </message>
    <message>
        <source>took {time}</source>
        <translation>tardó {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>faltan {time}</translation>
    </message>
</context>
<context>
    <name>RowsFooter</name>
    <message numerus="yes">
        <source>%Ln chosen</source>
        <translation><numerusform>%Ln elegido</numerusform><numerusform>%Ln elegidos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln film(s)</source>
        <translation><numerusform>%Ln video</numerusform><numerusform>%Ln videos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>reading %Ln more…</source>
        <translation><numerusform>leyendo %Ln más…</numerusform><numerusform>leyendo %Ln más…</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>{shown} of %Ln film(s)</source>
        <translation><numerusform>{shown} de %Ln video</numerusform><numerusform>{shown} de %Ln videos</numerusform></translation>
    </message>
</context>
<context>
    <name>ScriptPanel</name>
    <message>
        <source>At the beginning</source>
        <translation>Al principio</translation>
    </message>
    <message>
        <source>At the end</source>
        <translation>Al final</translation>
    </message>
    <message>
        <source>The message</source>
        <translation>El mensaje</translation>
    </message>
    <message>
        <source>What Santa says</source>
        <translation>Lo que dice Papá Noel</translation>
    </message>
</context>
<context>
    <name>ScriptPreview</name>
    <message>
        <source>What {name} will hear</source>
        <translation>Lo que va a escuchar {name}</translation>
    </message>
    <message>
        <source>about {length}</source>
        <translation>unos {length}</translation>
    </message>
</context>
<context>
    <name>Section</name>
    <message numerus="yes">
        <source>Show %Ln more for experts</source>
        <translation><numerusform>Mostrar %Ln más para expertos</numerusform><numerusform>Mostrar %Ln más para expertos</numerusform></translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Mostrar menos</translation>
    </message>
</context>
<context>
    <name>SettingRow</name>
    <message>
        <source>Back to how it comes: {default}</source>
        <translation>Volver al valor original: {default}</translation>
    </message>
    <message>
        <source>Changed. Start Trineo again for it to count.</source>
        <translation>Cambiado. Vuelva a abrir Trineo para que valga.</translation>
    </message>
    <message>
        <source>It can be changed only where it is set.</source>
        <translation>Solo se puede cambiar donde está definido.</translation>
    </message>
    <message>
        <source>Reset: {setting}</source>
        <translation>Restablecer: {setting}</translation>
    </message>
    <message>
        <source>The keyring does not give this key out now.</source>
        <translation>El llavero no entrega esta clave en este momento.</translation>
    </message>
</context>
<context>
    <name>SettingsNotices</name>
    <message>
        <source>Ask the keyring again</source>
        <translation>Preguntar otra vez al llavero</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>.env files (*.env .env* *.txt)</source>
        <translation>Archivos .env (*.env .env* *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Todos los archivos (*)</translation>
    </message>
    <message>
        <source>Everything as it comes; keys stay</source>
        <translation>Todo como viene de origen; las claves quedan</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportar</translation>
    </message>
    <message>
        <source>Groups of settings</source>
        <translation>Grupos de ajustes</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importar…</translation>
    </message>
    <message>
        <source>No setting has these words.</source>
        <translation>Ningún ajuste contiene esas palabras.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Restablecer todo</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>Buscar en los ajustes</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Ajustes</translation>
    </message>
    <message>
        <source>Take settings over from a .env file</source>
        <translation>Importar ajustes de un archivo .env</translation>
    </message>
    <message>
        <source>With keys…</source>
        <translation>Con claves…</translation>
    </message>
    <message>
        <source>Without keys…</source>
        <translation>Sin claves…</translation>
    </message>
    <message>
        <source>Write the settings to a .env file</source>
        <translation>Guardar los ajustes en un archivo .env</translation>
    </message>
</context>
<context>
    <name>SettingsWork</name>
    <message numerus="yes">
        <source>%Ln setting(s) reset</source>
        <translation><numerusform>%Ln ajuste restablecido</numerusform><numerusform>%Ln ajustes restablecidos</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) taken over</source>
        <translation><numerusform>%Ln ajuste importado</numerusform><numerusform>%Ln ajustes importados</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%Ln setting(s) written to {file}.</source>
        <translation><numerusform>%Ln ajuste guardado en {file}.</numerusform><numerusform>%Ln ajustes guardados en {file}.</numerusform></translation>
    </message>
    <message>
        <source>Did you mean {name}?</source>
        <translation>¿Quiso decir {name}?</translation>
    </message>
    <message>
        <source>It is keys.json in the data folder, and as safe as your user's own files.</source>
        <translation>Es keys.json, en la carpeta de datos, y está tan protegido como sus demás archivos.</translation>
    </message>
    <message>
        <source>It is keys.json in the data folder.</source>
        <translation>Es keys.json, en la carpeta de datos.</translation>
    </message>
    <message>
        <source>Keys are not in it.</source>
        <translation>No contiene las claves.</translation>
    </message>
    <message>
        <source>Lines that mean nothing: {numbers}.</source>
        <translation>Líneas que no significan nada: {numbers}.</translation>
    </message>
    <message>
        <source>Not everything in {file} counts.</source>
        <translation>No todo lo que hay en {file} vale.</translation>
    </message>
    <message>
        <source>The file holds your keys: give it to nobody, and delete it when it is not needed.</source>
        <translation>El archivo contiene sus claves: no se lo dé a nadie y bórrelo cuando ya no haga falta.</translation>
    </message>
    <message>
        <source>There is nothing to reset: everything is as it comes.</source>
        <translation>No hay nada que restablecer: todo está como viene de origen.</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used: the key is in a file in your user's folder.</source>
        <translation>Esta computadora no tiene un llavero que se pueda usar: la clave está en un archivo de la carpeta de su usuario.</translation>
    </message>
    <message>
        <source>This computer has no keyring that can be used: the key is in a file that only you can read.</source>
        <translation>Esta computadora no tiene un llavero que se pueda usar: la clave está en un archivo que solo usted puede leer.</translation>
    </message>
    <message>
        <source>What is set outside of Trineo counts before: {names}.</source>
        <translation>Lo que está definido fuera de Trineo vale primero: {names}.</translation>
    </message>
    <message>
        <source>{name} is no setting.</source>
        <translation>{name} no es un ajuste.</translation>
    </message>
    <message>
        <source>{setting}: as it comes</source>
        <translation>{setting}: como viene de origen</translation>
    </message>
    <message>
        <source>{setting}: no longer used, but still in the keyring</source>
        <translation>{setting}: ya no se usa, pero sigue en el llavero</translation>
    </message>
    <message>
        <source>{setting}: removed</source>
        <translation>{setting}: quitado</translation>
    </message>
    <message>
        <source>{setting}: saved</source>
        <translation>{setting}: guardado</translation>
    </message>
</context>
<context>
    <name>SpanSwitch</name>
    <message>
        <source>Day</source>
        <translation>Día</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Hora</translation>
    </message>
    <message>
        <source>Season</source>
        <translation>Temporada</translation>
    </message>
    <message>
        <source>The last 100 days, day by day</source>
        <translation>Los últimos 100 días, día por día</translation>
    </message>
    <message>
        <source>The last 24 hours, hour by hour</source>
        <translation>Las últimas 24 horas, hora por hora</translation>
    </message>
    <message>
        <source>The last hour, minute by minute</source>
        <translation>La última hora, minuto por minuto</translation>
    </message>
</context>
<context>
    <name>StartStep</name>
    <message>
        <source>Any first name will do.</source>
        <translation>Sirve cualquier nombre de pila.</translation>
    </message>
    <message>
        <source>Change the folder for the films</source>
        <translation>Cambiar la carpeta para los videos</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Cambiar…</translation>
    </message>
    <message>
        <source>Films go to</source>
        <translation>Los videos van a</translation>
    </message>
    <message>
        <source>Go straight to the empty queue</source>
        <translation>Ir directo a la cola vacía</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>Make my first film</source>
        <translation>Hacer mi primer video</translation>
    </message>
    <message>
        <source>Santa speaks to each child by name. See it for yourself: your first film takes about a minute and needs no account and no key.</source>
        <translation>Papá Noel le habla a cada niño por su nombre. Véalo usted mismo: su primer video tarda alrededor de un minuto y no necesita cuenta ni clave.</translation>
    </message>
    <message>
        <source>Skip this</source>
        <translation>Saltar esto</translation>
    </message>
    <message>
        <source>The folder for the films</source>
        <translation>La carpeta para los videos</translation>
    </message>
    <message>
        <source>Welcome to Trineo</source>
        <translation>Le damos la bienvenida a Trineo</translation>
    </message>
    <message>
        <source>Who is it for?</source>
        <translation>¿Para quién es?</translation>
    </message>
</context>
<context>
    <name>SupportPanel</name>
    <message>
        <source>A file to ask for help with</source>
        <translation>Un archivo para pedir ayuda</translation>
    </message>
    <message>
        <source>It holds versions, settings without keys, the health check, figures, and this log. No child's name, no text, no film, no key and no list of how names are said is in it. You can open it and look.</source>
        <translation>Contiene versiones, ajustes sin claves, el control de salud, cifras y este registro. No contiene ningún nombre de niños, ningún texto, ningún video, ninguna clave ni la lista de cómo se dicen los nombres. Puede abrirlo y mirar.</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>Ahora no</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Guardar como…</translation>
    </message>
    <message>
        <source>Save the support file</source>
        <translation>Guardar el archivo de ayuda</translation>
    </message>
    <message>
        <source>Support file</source>
        <translation>Archivo de ayuda</translation>
    </message>
    <message>
        <source>Zip file (*.zip)</source>
        <translation>Archivo zip (*.zip)</translation>
    </message>
</context>
<context>
    <name>UndoBar</name>
    <message>
        <source>Take it back (Ctrl+Z)</source>
        <translation>Deshacerlo (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Deshacer</translation>
    </message>
</context>
<context>
    <name>VoicePicker</name>
    <message>
        <source>Choose a voice…</source>
        <translation>Elegir una voz…</translation>
    </message>
    <message numerus="yes">
        <source>Hear it say a line (%Ln characters, about {usd} US dollars)</source>
        <translation><numerusform>Escucharla decir una frase (%Ln carácter, unos {usd} dólares)</numerusform><numerusform>Escucharla decir una frase (%Ln caracteres, unos {usd} dólares)</numerusform></translation>
    </message>
    <message>
        <source>Hear its sample (free)</source>
        <translation>Escuchar su muestra (gratis)</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Buscar</translation>
    </message>
    <message>
        <source>Search the voices</source>
        <translation>Buscar entre las voces</translation>
    </message>
    <message>
        <source>The service charges it to your account. Heard once, it costs nothing any more.</source>
        <translation>El servicio lo cobra a su cuenta. Una vez escuchada, ya no cuesta nada.</translation>
    </message>
    <message>
        <source>Use this voice</source>
        <translation>Usar esta voz</translation>
    </message>
    <message>
        <source>Voices of the account</source>
        <translation>Voces de la cuenta</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>en uso</translation>
    </message>
</context>
<context>
    <name>WindowSection</name>
    <message>
        <source>Appearance</source>
        <translation>Aspecto</translation>
    </message>
    <message>
        <source>Dark or light, or as the system has it.</source>
        <translation>Oscuro o claro, o como lo tenga el sistema.</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Idioma</translation>
    </message>
    <message>
        <source>This window</source>
        <translation>Esta ventana</translation>
    </message>
    <message>
        <source>What this window speaks. Films have a language of their own.</source>
        <translation>El idioma de esta ventana. Los videos tienen su propio idioma.</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>--column takes TITLE=FIELD, and {given} is not that.</source>
        <translation>--column pide TÍTULO=CAMPO, y {given} no es eso.</translation>
    </message>
    <message>
        <source>0 lively to 1 even; empty: as the voice is set in your account.</source>
        <translation>De 0, vivaz, a 1, pareja; vacío: como esté la voz en su cuenta.</translation>
    </message>
    <message>
        <source>A call that costs at most this and was never answered is made again without asking a person.</source>
        <translation>Una llamada que cuesta a lo sumo esto y que nunca fue respondida se repite sin preguntarle a nadie.</translation>
    </message>
    <message>
        <source>A card of section {section} is shown when its clip is not seen alone ({first} to {end} seconds).</source>
        <translation>Un cartel de la sección {section} se muestra cuando su clip no se ve solo (de {first} a {end} segundos).</translation>
    </message>
    <message>
        <source>A cell of this row holds more than {limit} characters.</source>
        <translation>Una celda de esta fila tiene más de {limit} caracteres.</translation>
    </message>
    <message>
        <source>A disk is full.</source>
        <translation>Un disco está lleno.</translation>
    </message>
    <message>
        <source>A file could not be read or written: {reason}.</source>
        <translation>Un archivo no se pudo leer o escribir: {reason}.</translation>
    </message>
    <message>
        <source>A film for the same child may have been queued before (row {row} of {file}).</source>
        <translation>Quizá ya se puso en la cola un video para el mismo chico (fila {row} de {file}).</translation>
    </message>
    <message>
        <source>A film of {seconds} seconds does not fit into {megabytes} MB.</source>
        <translation>Un video de {seconds} segundos no cabe en {megabytes} MB.</translation>
    </message>
    <message>
        <source>A key has only letters, digits and signs, and no blanks: copy it again.</source>
        <translation>Una clave solo tiene letras, números y signos, sin espacios: cópiela otra vez.</translation>
    </message>
    <message>
        <source>A paid request was sent to {provider}, and its answer was lost ({reason}).</source>
        <translation>Se envió a {provider} un pedido que se paga, y la respuesta se perdió ({reason}).</translation>
    </message>
    <message>
        <source>A second of film costs about {usd} US dollars.</source>
        <translation>Un segundo de video cuesta unos {usd} dólares.</translation>
    </message>
    <message>
        <source>A shared piece of the film came out wrong ({reason}) and was thrown away.</source>
        <translation>Una parte común del video salió mal ({reason}) y se descartó.</translation>
    </message>
    <message>
        <source>A text that is to stand on the picture has characters that none of the fonts here can draw: {characters}.</source>
        <translation>Un texto que va sobre la imagen tiene caracteres que ninguna tipografía de aquí puede dibujar: {characters}.</translation>
    </message>
    <message>
        <source>A text that is to stand on the picture is too long to be read there.</source>
        <translation>Un texto que va sobre la imagen es demasiado largo para que se pueda leer ahí.</translation>
    </message>
    <message>
        <source>A thousand characters cost about {usd} US dollars.</source>
        <translation>Mil caracteres cuestan unos {usd} dólares.</translation>
    </message>
    <message>
        <source>A transition of section {section} needs its alpha, and it has none.</source>
        <translation>Una transición de la sección {section} necesita su canal alfa, y no lo tiene.</translation>
    </message>
    <message>
        <source>Add workers or machines if it is to be quicker.</source>
        <translation>Sume procesos o equipos si hace falta más velocidad.</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Dirección</translation>
    </message>
    <message>
        <source>Another Trineo is working on the queue in {folder}.</source>
        <translation>Otro Trineo está trabajando con la cola de {folder}.</translation>
    </message>
    <message>
        <source>Another one is taken, where there is one. If it stays so, look at the template's message clip.</source>
        <translation>Se toma otro, si lo hay. Si sigue así, revise el clip del mensaje de la plantilla.</translation>
    </message>
    <message>
        <source>Approve it on the computer that has it, connect its disk, or make it again.</source>
        <translation>Apruébelo en el equipo que lo tiene, conecte su disco o vuelva a hacerlo.</translation>
    </message>
    <message>
        <source>Ask for the table that it was printed from.</source>
        <translation>Pida la planilla de la que se imprimió.</translation>
    </message>
    <message>
        <source>Ask who sent it: no program packs them so by itself.</source>
        <translation>Pregunte a quien lo envió: ningún programa los empaqueta así por sí solo.</translation>
    </message>
    <message>
        <source>Ask who sent it; if you trust them, open it in its program and save it again.</source>
        <translation>Pregunte quién lo envió; si es de confianza, ábralo en su programa y guárdelo de nuevo.</translation>
    </message>
    <message>
        <source>Ask whoever looks after it whether appendonly is on.</source>
        <translation>Pregunte a quien lo administra si appendonly está activado.</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Intentos</translation>
    </message>
    <message>
        <source>Begin the table with one row that names the columns.</source>
        <translation>Empiece la tabla con una fila que nombre las columnas.</translation>
    </message>
    <message>
        <source>Begins it again (loop)</source>
        <translation>Lo empieza de nuevo (loop)</translation>
    </message>
    <message>
        <source>Budget for a batch</source>
        <translation>Presupuesto por lote</translation>
    </message>
    <message>
        <source>Budget for a day</source>
        <translation>Presupuesto por día</translation>
    </message>
    <message>
        <source>Call the column with the names “{field}”, in the first row of the table.</source>
        <translation>Llame “{field}” a la columna con los nombres, en la primera fila de la tabla.</translation>
    </message>
    <message>
        <source>Card {card} of section {section} is shown outside the {first} to {end} s in which its clip is alone.</source>
        <translation>El cartel {card} de la sección {section} se muestra fuera del tramo de {first} a {end} s en que su clip se ve solo.</translation>
    </message>
    <message>
        <source>Careful</source>
        <translation>Cuidadosa</translation>
    </message>
    <message>
        <source>Change its text or settings and retry it.</source>
        <translation>Cambie su texto o sus ajustes y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Change the card's from_s and to_s in template.toml.</source>
        <translation>Cambie from_s y to_s del cartel en template.toml.</translation>
    </message>
    <message>
        <source>Check that it is another child, or take one of them out.</source>
        <translation>Compruebe que sea otro chico, o quite una de las dos filas.</translation>
    </message>
    <message>
        <source>Check that it is still there and that you may open it, then try again.</source>
        <translation>Compruebe que sigue ahí y que tiene permiso para abrirlo, y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Check that the data folder {folder} can be written.</source>
        <translation>Compruebe que se pueda escribir en la carpeta de datos {folder}.</translation>
    </message>
    <message>
        <source>Check that this is the file you meant.</source>
        <translation>Compruebe que este es el archivo que quería.</translation>
    </message>
    <message>
        <source>Check the disk and the folder's permissions; work goes on by itself.</source>
        <translation>Revise el disco y los permisos de la carpeta; el trabajo sigue solo.</translation>
    </message>
    <message>
        <source>Check the name, and that the drive is connected.</source>
        <translation>Revise el nombre y que la unidad esté conectada.</translation>
    </message>
    <message>
        <source>Check the user and the password in the Redis address.</source>
        <translation>Revise el usuario y la contraseña en la dirección de Redis.</translation>
    </message>
    <message>
        <source>Check whether it fits a film for this child.</source>
        <translation>Compruebe si queda bien en el video de este chico.</translation>
    </message>
    <message>
        <source>Choose a .env file: lines of NAME=value.</source>
        <translation>Elija un archivo .env: líneas de la forma NOMBRE=valor.</translation>
    </message>
    <message>
        <source>Choose another METRICS_PORT, or leave it empty.</source>
        <translation>Elija otro METRICS_PORT, o déjelo vacío.</translation>
    </message>
    <message>
        <source>Choose another folder, or ask for the right to write to this one.</source>
        <translation>Elija otra carpeta, o pida permiso para escribir en esta.</translation>
    </message>
    <message>
        <source>Choose another folder, or make room on that disk; close the file where it is open.</source>
        <translation>Elija otra carpeta o haga lugar en ese disco; cierre el archivo donde esté abierto.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Elija otra carpeta.</translation>
    </message>
    <message>
        <source>Choose another one in Settings. The films that wait go on by themselves.</source>
        <translation>Elija otro en los ajustes. Los videos que esperan siguen solos.</translation>
    </message>
    <message>
        <source>Choose one below.</source>
        <translation>Elija una abajo.</translation>
    </message>
    <message>
        <source>Choose one of these: {choices}.</source>
        <translation>Elija una de estas: {choices}.</translation>
    </message>
    <message>
        <source>Choose one that is there.</source>
        <translation>Elija una que exista.</translation>
    </message>
    <message>
        <source>Clean up every</source>
        <translation>Limpiar cada</translation>
    </message>
    <message>
        <source>Close it at the end of the cell, and double those that belong to the text.</source>
        <translation>Ciérrela al final de la celda y duplique las que son parte del texto.</translation>
    </message>
    <message>
        <source>Close it first, or open the queue here just to look at it.</source>
        <translation>Ciérrelo primero, o abra la cola aquí solo para mirarla.</translation>
    </message>
    <message>
        <source>Close it in the program that has it open, or ask for permission to read it, then try again.</source>
        <translation>Ciérrelo en el programa que lo tiene abierto, o pida permiso para leerlo, y pruebe otra vez.</translation>
    </message>
    <message>
        <source>Close other windows of Trineo, see that its folder can be written to, and try again.</source>
        <translation>Cierre otras ventanas de Trineo, compruebe que se pueda escribir en su carpeta y vuelva a intentarlo.</translation>
    </message>
    <message>
        <source>Close the other program, or work there.</source>
        <translation>Cierre el otro programa, o trabaje en él.</translation>
    </message>
    <message>
        <source>Close the quotation mark at the end of that text.</source>
        <translation>Cierre las comillas al final de ese texto.</translation>
    </message>
    <message>
        <source>Closer to the speaker</source>
        <translation>Más cerca del hablante</translation>
    </message>
    <message>
        <source>Closer to the speaker, and slower to make; empty: as set in your account.</source>
        <translation>Más parecida al hablante, y más lenta de hacer; vacío: como esté en su cuenta.</translation>
    </message>
    <message>
        <source>Complete: {names}.</source>
        <translation>Completas: {names}.</translation>
    </message>
    <message>
        <source>Computers that make films from it: {names}.</source>
        <translation>Computadoras que hacen videos con él: {names}.</translation>
    </message>
    <message>
        <source>Connect a service in Settings, or send the rows again with the strategy auto.</source>
        <translation>Conecte un servicio en los ajustes, o envíe las filas otra vez con la estrategia auto.</translation>
    </message>
    <message>
        <source>Connect a voice in Settings, or switch the offline voice on.</source>
        <translation>Conecte una voz en los ajustes, o active la voz sin conexión.</translation>
    </message>
    <message>
        <source>Connect a voice that does, in Settings.</source>
        <translation>Conecte en los ajustes una voz que lo hable.</translation>
    </message>
    <message>
        <source>Connect that disk or choose another folder; the films that wait go on by themselves.</source>
        <translation>Conecte ese disco o elija otra carpeta; los videos que esperan siguen solos.</translation>
    </message>
    <message>
        <source>Connections to it now: {connections}, from {hosts} addresses.</source>
        <translation>Conexiones con él ahora: {connections}, desde {hosts} direcciones.</translation>
    </message>
    <message>
        <source>Copy it again from where it was made, then retry.</source>
        <translation>Cópielo de nuevo desde donde se hizo y reintente.</translation>
    </message>
    <message>
        <source>Copy it from your account there once more.</source>
        <translation>Cópiela otra vez desde su cuenta allí.</translation>
    </message>
    <message>
        <source>Copy the key from your account there once more and put it into {setting}, in Settings.</source>
        <translation>Copie otra vez la clave desde su cuenta allí y póngala en {setting}, en los ajustes.</translation>
    </message>
    <message>
        <source>Correct FILM_NAMES: folders and a name, made of words and of {allowed}, for example {example}.</source>
        <translation>Corrija FILM_NAMES: carpetas y un nombre, hechos de palabras y de {allowed}; por ejemplo {example}.</translation>
    </message>
    <message>
        <source>Correct it in {place}.</source>
        <translation>Corríjalo en {place}.</translation>
    </message>
    <message>
        <source>Correct template.toml; docs/templates.md says what it may hold.</source>
        <translation>Corrija template.toml; docs/templates.md dice qué puede contener.</translation>
    </message>
    <message>
        <source>Correct that line, or rename the file to start with the defaults.</source>
        <translation>Corrija esa línea, o cambie el nombre del archivo para empezar con los valores iniciales.</translation>
    </message>
    <message>
        <source>Correct the formula, or write the text itself.</source>
        <translation>Corrija la fórmula o escriba el texto mismo.</translation>
    </message>
    <message>
        <source>Credit left, as it counts it: {credit}.</source>
        <translation>Crédito restante, según su cuenta: {credit}.</translation>
    </message>
    <message>
        <source>Cuts the speech off (cut_off)</source>
        <translation>Corta lo hablado (cut_off)</translation>
    </message>
    <message>
        <source>Drop its folders one by one.</source>
        <translation>Arrastre sus carpetas de a una.</translation>
    </message>
    <message>
        <source>ElevenLabs</source>
        <translation>ElevenLabs</translation>
    </message>
    <message>
        <source>ElevenLabs key</source>
        <translation>Clave de ElevenLabs</translation>
    </message>
    <message>
        <source>ElevenLabs takes at most {most} characters at a time; this text has {characters}.</source>
        <translation>ElevenLabs acepta como mucho {most} caracteres por vez; este texto tiene {characters}.</translation>
    </message>
    <message>
        <source>Errors only (ERROR)</source>
        <translation>Solo los errores (ERROR)</translation>
    </message>
    <message>
        <source>Evenness</source>
        <translation>Uniformidad</translation>
    </message>
    <message>
        <source>Every change is on the disk before it counts, in {folder}.</source>
        <translation>Cada cambio está en el disco antes de contar, en {folder}.</translation>
    </message>
    <message>
        <source>Everything (DEBUG)</source>
        <translation>Todo (DEBUG)</translation>
    </message>
    <message>
        <source>Everything it needs is there; it is run for the first time by a film.</source>
        <translation>Está todo lo que necesita; un video será el primero en usarlo.</translation>
    </message>
    <message>
        <source>Export it again from where it came, or correct that place.</source>
        <translation>Expórtelo de nuevo desde donde vino, o corrija ese lugar.</translation>
    </message>
    <message>
        <source>Export it as one list of objects, or as one object a line.</source>
        <translation>Expórtelo como una lista de objetos, o con un objeto por línea.</translation>
    </message>
    <message>
        <source>Export it as one list of objects.</source>
        <translation>Expórtelo como una lista de objetos.</translation>
    </message>
    <message>
        <source>FFmpeg can't be started: {reason}.</source>
        <translation>FFmpeg no se puede iniciar: {reason}.</translation>
    </message>
    <message>
        <source>FFmpeg failed with status {status}.</source>
        <translation>FFmpeg falló con el estado {status}.</translation>
    </message>
    <message>
        <source>FFmpeg got no further for {seconds} seconds and was ended.</source>
        <translation>FFmpeg no avanzó durante {seconds} segundos y se detuvo.</translation>
    </message>
    <message>
        <source>FFmpeg {version} encodes H.264.</source>
        <translation>FFmpeg {version} codifica H.264.</translation>
    </message>
    <message>
        <source>FIELD is one of {fields}, or empty for a column that is not to be used.</source>
        <translation>CAMPO es uno de {fields}, o nada para una columna que no se usa.</translation>
    </message>
    <message>
        <source>Files of this kind are not read.</source>
        <translation>Los archivos de este tipo no se leen.</translation>
    </message>
    <message>
        <source>Fill in REDIS_URL in Settings when a second computer is to help.</source>
        <translation>Complete REDIS_URL en Ajustes cuando otra computadora vaya a ayudar.</translation>
    </message>
    <message>
        <source>Fill in the cell.</source>
        <translation>Complete la celda.</translation>
    </message>
    <message>
        <source>Fill in {settings} in Settings to use it.</source>
        <translation>Complete {settings} en Ajustes para usarlo.</translation>
    </message>
    <message>
        <source>Films</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Films are made with the voice alone, or with a service that moves the mouth.</source>
        <translation>Los videos se hacen solo con la voz, o con un servicio que mueva la boca.</translation>
    </message>
    <message>
        <source>Films are spoken by ElevenLabs; it never steps in for that.</source>
        <translation>Los videos los dice ElevenLabs; esta voz nunca lo reemplaza.</translation>
    </message>
    <message>
        <source>Films at once</source>
        <translation>Videos a la vez</translation>
    </message>
    <message>
        <source>Films can be written to {folder}.</source>
        <translation>Se pueden guardar videos en {folder}.</translation>
    </message>
    <message>
        <source>Films can't be named by the pattern {pattern}.</source>
        <translation>Con el modelo {pattern} no se puede poner nombre a los videos.</translation>
    </message>
    <message>
        <source>Films can't be written to {folder}: {reason}.</source>
        <translation>No se pueden guardar videos en {folder}: {reason}.</translation>
    </message>
    <message>
        <source>Films do not use it: it is switched off.</source>
        <translation>Los videos no lo usan: está apagado.</translation>
    </message>
    <message>
        <source>Folder for approved films</source>
        <translation>Carpeta para los videos aprobados</translation>
    </message>
    <message>
        <source>Folder for films</source>
        <translation>Carpeta para los videos</translation>
    </message>
    <message>
        <source>Folder for spoken lines</source>
        <translation>Carpeta para las frases habladas</translation>
    </message>
    <message>
        <source>Folder of Wav2Lip</source>
        <translation>Carpeta de Wav2Lip</translation>
    </message>
    <message>
        <source>Formulas without a stored value count as empty: {cells}. Open the file in Excel, save it, and use that.</source>
        <translation>Las fórmulas sin un valor guardado cuentan como vacías: {cells}. Abra el archivo en Excel, guárdelo y use ese.</translation>
    </message>
    <message>
        <source>Free some space; work goes on by itself.</source>
        <translation>Libere espacio; el trabajo sigue solo.</translation>
    </message>
    <message>
        <source>Give a file or a folder.</source>
        <translation>Indique un archivo o una carpeta.</translation>
    </message>
    <message>
        <source>Give it as es or en.</source>
        <translation>Indíquelo como es o en.</translation>
    </message>
    <message>
        <source>Give the row a text or the fields of the template.</source>
        <translation>Ponga en la fila un texto o los campos de la plantilla.</translation>
    </message>
    <message>
        <source>HeyGen</source>
        <translation>HeyGen</translation>
    </message>
    <message>
        <source>HeyGen key</source>
        <translation>Clave de HeyGen</translation>
    </message>
    <message>
        <source>Hidden sheets are not read: {sheets}.</source>
        <translation>Las hojas ocultas no se leen: {sheets}.</translation>
    </message>
    <message>
        <source>Higgsfield</source>
        <translation>Higgsfield</translation>
    </message>
    <message>
        <source>Higgsfield key: id</source>
        <translation>Clave de Higgsfield: id</translation>
    </message>
    <message>
        <source>Higgsfield key: secret</source>
        <translation>Clave de Higgsfield: secreto</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Alta</translation>
    </message>
    <message>
        <source>How close to the voice's samples; empty: as set in your account.</source>
        <translation>Cuánto se parece a las muestras de la voz; vacío: como esté en su cuenta.</translation>
    </message>
    <message>
        <source>How fast it speaks, 1 is usual; empty: as set in your account.</source>
        <translation>Qué tan rápido habla, 1 es lo normal; vacío: como esté en su cuenta.</translation>
    </message>
    <message>
        <source>How films are named in OUTPUT_DIR: folders and a name, with places for what a row says.</source>
        <translation>Cómo se llaman los videos en OUTPUT_DIR: carpetas y un nombre, con lugares para lo que dice una fila.</translation>
    </message>
    <message>
        <source>How good Higgsfield's clips are.</source>
        <translation>Qué calidad tienen los clips de Higgsfield.</translation>
    </message>
    <message>
        <source>How large HeyGen's clips are.</source>
        <translation>De qué tamaño son los clips de HeyGen.</translation>
    </message>
    <message>
        <source>How long a film in the making is waited for on closing.</source>
        <translation>Cuánto se espera, al cerrar, a un video que se está haciendo.</translation>
    </message>
    <message>
        <source>How long a stage may show no progress before it is ended.</source>
        <translation>Cuánto puede una etapa no avanzar antes de que se la interrumpa.</translation>
    </message>
    <message>
        <source>How long a worker that went silent keeps its job before another may take it.</source>
        <translation>Cuánto conserva su trabajo un proceso que dejó de responder antes de que otro pueda tomarlo.</translation>
    </message>
    <message>
        <source>How long finished films are kept; empty: they are yours, and are never removed.</source>
        <translation>Cuánto se conservan los videos terminados; vacío: son suyos y nunca se borran.</translation>
    </message>
    <message>
        <source>How long jobs that ended stay in the queue's history.</source>
        <translation>Cuánto quedan en el historial de la cola los trabajos que terminaron.</translation>
    </message>
    <message>
        <source>How long the names and texts of films that are done are kept; empty: as long as their job is.</source>
        <translation>Cuánto se conservan los nombres y textos de los videos terminados; vacío: tanto como su trabajo.</translation>
    </message>
    <message>
        <source>How many films are made at once.</source>
        <translation>Cuántos videos se hacen a la vez.</translation>
    </message>
    <message>
        <source>How much is logged</source>
        <translation>Cuánto se anota</translation>
    </message>
    <message>
        <source>How much the spoken lines that are kept may take, in MB (10⁶ bytes).</source>
        <translation>Cuánto lugar pueden ocupar las frases habladas que se guardan, en MB (10⁶ bytes).</translation>
    </message>
    <message>
        <source>How much the voice's manner is exaggerated; empty: as in your account.</source>
        <translation>Cuánto se exagera el estilo de la voz; vacío: como esté en su cuenta.</translation>
    </message>
    <message>
        <source>How often a film is tried before it goes to Failed.</source>
        <translation>Cuántas veces se intenta un video antes de que pase a Fallidos.</translation>
    </message>
    <message>
        <source>How often what is no longer needed is removed; 0: never by itself.</source>
        <translation>Cada cuánto se borra lo que ya no hace falta; 0: nunca por sí solo.</translation>
    </message>
    <message>
        <source>How old left-behind temporary files get before they are removed.</source>
        <translation>Qué antigüedad alcanzan los archivos temporales abandonados antes de borrarse.</translation>
    </message>
    <message>
        <source>If it is a table, give the file the ending .csv or .tsv.</source>
        <translation>Si es una tabla, póngale al archivo la terminación .csv o .tsv.</translation>
    </message>
    <message>
        <source>If it is still being copied or downloaded, wait for the end of that; else open it in the program that made it, save it again and try with that.</source>
        <translation>Si todavía se está copiando o descargando, espere a que termine; si no, ábralo en el programa que lo hizo, guárdelo de nuevo y pruebe con ese.</translation>
    </message>
    <message>
        <source>If you trust where it came from, unpack it yourself and drop the files you need.</source>
        <translation>Si confía en quien lo envió, descomprímalo usted y arrastre los archivos que necesita.</translation>
    </message>
    <message>
        <source>If {setting} was changed to another account's key, put the old one back. Otherwise retry the film.</source>
        <translation>Si en {setting} se puso la clave de otra cuenta, vuelva a poner la anterior. Si no, reintente el video.</translation>
    </message>
    <message>
        <source>In the environment there is {name}. Did you mean {wanted}?</source>
        <translation>En el entorno está {name}. ¿Se quiso decir {wanted}?</translation>
    </message>
    <message>
        <source>In {file} there is {name}. Did you mean {wanted}?</source>
        <translation>En {file} está {name}. ¿Se quiso decir {wanted}?</translation>
    </message>
    <message>
        <source>Install Trineo again, or name a working FFmpeg in IMAGEIO_FFMPEG_EXE.</source>
        <translation>Instale Trineo de nuevo, o indique en IMAGEIO_FFMPEG_EXE un FFmpeg que funcione.</translation>
    </message>
    <message>
        <source>Install Trineo again.</source>
        <translation>Instale Trineo de nuevo.</translation>
    </message>
    <message>
        <source>Install Trineo {theirs} or a newer one. Nothing in the folder was changed.</source>
        <translation>Instale Trineo {theirs} o uno más nuevo. En la carpeta no se cambió nada.</translation>
    </message>
    <message>
        <source>It answers; {taken} of {slots} calls are being made.</source>
        <translation>Responde; hay {taken} de {slots} llamadas en curso.</translation>
    </message>
    <message>
        <source>It can't be decoded after frame {frame}: {reason}.</source>
        <translation>No se puede decodificar después del cuadro {frame}: {reason}.</translation>
    </message>
    <message>
        <source>It can't be decoded: {reason}.</source>
        <translation>No se puede decodificar: {reason}.</translation>
    </message>
    <message>
        <source>It can't be empty.</source>
        <translation>No puede quedar vacío.</translation>
    </message>
    <message>
        <source>It can't be used.</source>
        <translation>No se puede usar.</translation>
    </message>
    <message>
        <source>It can't be used: {reason}.</source>
        <translation>No se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>It does not answer. Look whether that computer is on, and whether a firewall is in between.</source>
        <translation>No responde. Revise si esa computadora está encendida y si hay un cortafuegos de por medio.</translation>
    </message>
    <message>
        <source>It does not say how many calls it takes at once; {slots} are made.</source>
        <translation>No dice cuántas llamadas acepta a la vez; se hacen {slots}.</translation>
    </message>
    <message>
        <source>It does not say whether it keeps the queue on its disk.</source>
        <translation>No dice si guarda la cola en su disco.</translation>
    </message>
    <message>
        <source>It goes on as soon as BUDGET_PER_BATCH_USD is raised in Settings.</source>
        <translation>Sigue apenas se aumente BUDGET_PER_BATCH_USD en los ajustes.</translation>
    </message>
    <message>
        <source>It goes on tomorrow by itself, or as soon as BUDGET_PER_DAY_USD is raised in Settings.</source>
        <translation>Sigue mañana por sí solo, o apenas se aumente BUDGET_PER_DAY_USD en los ajustes.</translation>
    </message>
    <message>
        <source>It has alpha that no transition uses: what is transparent is black.</source>
        <translation>Tiene un canal alfa que ninguna transición usa: lo transparente queda negro.</translation>
    </message>
    <message>
        <source>It has alpha: mouths are laid on the loop as whole rectangles.</source>
        <translation>Tiene transparencia: las bocas se apoyan sobre el bucle como rectángulos enteros.</translation>
    </message>
    <message>
        <source>It has {found} frames, its loop has {wanted}.</source>
        <translation>Tiene {found} cuadros y su bucle tiene {wanted}.</translation>
    </message>
    <message>
        <source>It hung up. If it speaks TLS on that port, write rediss:// in REDIS_URL.</source>
        <translation>Cortó la conexión. Si habla TLS en ese puerto, escriba rediss:// en REDIS_URL.</translation>
    </message>
    <message>
        <source>It is Redis {version}.</source>
        <translation>Es Redis {version}.</translation>
    </message>
    <message>
        <source>It is a copy of another Redis and takes no changes.</source>
        <translation>Es una copia de otro Redis y no acepta cambios.</translation>
    </message>
    <message>
        <source>It is asked after again by itself; nothing is paid twice.</source>
        <translation>Se vuelve a preguntar por sí solo; nada se paga dos veces.</translation>
    </message>
    <message>
        <source>It is asked again by itself.</source>
        <translation>Se vuelve a pedir por sí solo.</translation>
    </message>
    <message>
        <source>It is asked again by itself. If it stays so, look for a newer Trineo.</source>
        <translation>Se vuelve a preguntar solo. Si sigue igual, busque una versión más nueva de Trineo.</translation>
    </message>
    <message>
        <source>It is asked again by itself; the films that need it wait.</source>
        <translation>Se le vuelve a preguntar automáticamente; los videos que lo necesitan esperan.</translation>
    </message>
    <message>
        <source>It is left alone for a while: {reason}.</source>
        <translation>Se lo deja en paz por un rato: {reason}.</translation>
    </message>
    <message>
        <source>It is left as it is and counts for nothing here.</source>
        <translation>Queda como está y aquí no tiene efecto.</translation>
    </message>
    <message>
        <source>It is left as it is and counts for nothing.</source>
        <translation>Queda como está y no tiene efecto.</translation>
    </message>
    <message>
        <source>It is made again by itself.</source>
        <translation>Se vuelve a hacer solo.</translation>
    </message>
    <message>
        <source>It is made again by itself. If it happens again, check the template's clips.</source>
        <translation>Se vuelve a hacer sola. Si vuelve a pasar, revise los clips de la plantilla.</translation>
    </message>
    <message>
        <source>It is not connected.</source>
        <translation>No está conectado.</translation>
    </message>
    <message>
        <source>It is started again by itself.</source>
        <translation>Se vuelve a iniciar sola.</translation>
    </message>
    <message>
        <source>It is too old: Trineo needs Redis 6.2 or newer.</source>
        <translation>Es demasiado viejo: Trineo necesita Redis 6.2 o más nuevo.</translation>
    </message>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Se reintenta solo.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it fails every time, the details say what FFmpeg did not like.</source>
        <translation>Se reintenta solo. Si falla siempre, los detalles dicen qué no le gustó a FFmpeg.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it fails every time, the details say why.</source>
        <translation>Se reintenta solo. Si falla siempre, los detalles dicen por qué.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it happens again, look at the disks and folders Trineo uses.</source>
        <translation>Se reintenta solo. Si vuelve a pasar, revise los discos y carpetas que usa Trineo.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it happens often, render fewer films at once.</source>
        <translation>Se reintenta solo. Si pasa seguido, produzca menos videos a la vez.</translation>
    </message>
    <message>
        <source>It is tried again by itself. If it stays so, look at this computer's connection.</source>
        <translation>Se reintenta solo. Si sigue igual, revise la conexión de este equipo.</translation>
    </message>
    <message>
        <source>It is tried again by itself. The limit is STAGE_STALL_SECONDS.</source>
        <translation>Se reintenta solo. El límite es STAGE_STALL_SECONDS.</translation>
    </message>
    <message>
        <source>It is tried again by itself. The limit is STAGE_TIMEOUT_SECONDS.</source>
        <translation>Se reintenta solo. El límite es STAGE_TIMEOUT_SECONDS.</translation>
    </message>
    <message>
        <source>It is tried again by itself; the films that wait go on then.</source>
        <translation>Se vuelve a probar por sí solo; los videos que esperan siguen entonces.</translation>
    </message>
    <message>
        <source>It may be too old: Trineo needs Redis 6.2 or newer.</source>
        <translation>Puede ser demasiado viejo: Trineo necesita Redis 6.2 o más nuevo.</translation>
    </message>
    <message>
        <source>It may have been charged: look into your account there, then retry the film.</source>
        <translation>Puede que se haya cobrado: mire en su cuenta allí y después reintente el video.</translation>
    </message>
    <message>
        <source>It may have {limit} letters at most.</source>
        <translation>Puede tener {limit} letras como máximo.</translation>
    </message>
    <message>
        <source>It must be a number.</source>
        <translation>Tiene que ser un número.</translation>
    </message>
    <message>
        <source>It must be a plain address, without a login or a question mark.</source>
        <translation>Tiene que ser una dirección simple, sin usuario ni signo de pregunta.</translation>
    </message>
    <message>
        <source>It must be a text in quotation marks.</source>
        <translation>Tiene que ser un texto entre comillas.</translation>
    </message>
    <message>
        <source>It must be a whole number, without a point.</source>
        <translation>Tiene que ser un número entero, sin coma.</translation>
    </message>
    <message>
        <source>It must be a whole path, from the disk on.</source>
        <translation>Tiene que ser una ruta completa, desde el disco.</translation>
    </message>
    <message>
        <source>It must be more than {limit}.</source>
        <translation>Tiene que ser más que {limit}.</translation>
    </message>
    <message>
        <source>It must be one of {choices}.</source>
        <translation>Tiene que ser uno de estos: {choices}.</translation>
    </message>
    <message>
        <source>It must be the name of a folder or a file.</source>
        <translation>Tiene que ser el nombre de una carpeta o de un archivo.</translation>
    </message>
    <message>
        <source>It must be true or false.</source>
        <translation>Tiene que ser true o false.</translation>
    </message>
    <message>
        <source>It must be {limit} or less.</source>
        <translation>Tiene que ser {limit} o menos.</translation>
    </message>
    <message>
        <source>It must be {limit} or more.</source>
        <translation>Tiene que ser {limit} o más.</translation>
    </message>
    <message>
        <source>It must look like this: {example}</source>
        <translation>Tiene que verse así: {example}</translation>
    </message>
    <message>
        <source>It must start with https:// (http:// only for an address on this computer).</source>
        <translation>Tiene que empezar con https:// (http:// solo para una dirección de esta computadora).</translation>
    </message>
    <message>
        <source>It refuses the user or the password in REDIS_URL. Put the right ones there.</source>
        <translation>Rechaza el usuario o la contraseña de REDIS_URL. Ponga los correctos.</translation>
    </message>
    <message>
        <source>It serves its own computer only (protected mode). Give it a password, and put that into REDIS_URL.</source>
        <translation>Solo atiende a su propia computadora (modo protegido). Póngale una contraseña e indíquela en REDIS_URL.</translation>
    </message>
    <message>
        <source>It speaks ({seconds} s).</source>
        <translation>Habla ({seconds} s).</translation>
    </message>
    <message>
        <source>It speaks Spanish and English, without a network and free of charge.</source>
        <translation>Habla español e inglés, sin red y sin costo.</translation>
    </message>
    <message>
        <source>It starts. It works on this computer and costs nothing but time.</source>
        <translation>Arranca. Trabaja en esta computadora y solo cuesta tiempo.</translation>
    </message>
    <message>
        <source>It tells what credit is left only on its own page.</source>
        <translation>Solo en su propia página dice cuánto crédito queda.</translation>
    </message>
    <message>
        <source>It throws films out of the queue when its memory is full.</source>
        <translation>Cuando se le llena la memoria, tira videos de la cola.</translation>
    </message>
    <message>
        <source>It writes every change to its file, but lets the system decide when that reaches the disk.</source>
        <translation>Escribe cada cambio en su archivo, pero deja que el sistema decida cuándo llega al disco.</translation>
    </message>
    <message>
        <source>It writes the queue down only now and then: a power cut costs what changed in the last minutes.</source>
        <translation>Guarda la cola solo de vez en cuando: un corte de luz cuesta lo que cambió en los últimos minutos.</translation>
    </message>
    <message>
        <source>Its Python</source>
        <translation>Su Python</translation>
    </message>
    <message>
        <source>Its certificate is not trusted here. Add ?ssl_ca_certs=FILE to REDIS_URL, with your authority's file.</source>
        <translation>Aquí no se confía en su certificado. Agregue ?ssl_ca_certs=ARCHIVO a REDIS_URL, con el archivo de su autoridad.</translation>
    </message>
    <message>
        <source>Its edge differs from the loop by {steps} steps of brightness: it would be seen as a box.</source>
        <translation>Su borde difiere del bucle en {steps} niveles de brillo: se vería como un recuadro.</translation>
    </message>
    <message>
        <source>Its makers allow no commercial use.</source>
        <translation>Sus autores no permiten el uso comercial.</translation>
    </message>
    <message>
        <source>Its program and its model file are there.</source>
        <translation>Su programa y su archivo de modelo están.</translation>
    </message>
    <message>
        <source>Its user needs all commands on keys that begin with {{trineo}}:.</source>
        <translation>Su usuario necesita todos los comandos sobre las claves que empiezan con {{trineo}}:.</translation>
    </message>
    <message>
        <source>Its width and height must be even numbers of pixels.</source>
        <translation>Su ancho y su alto tienen que ser números pares de píxeles.</translation>
    </message>
    <message>
        <source>Its {seconds} seconds are too few for the transitions of section {section}.</source>
        <translation>Sus {seconds} segundos no alcanzan para las transiciones de la sección {section}.</translation>
    </message>
    <message>
        <source>Its {size} pixels at {x}, {y} go beyond the loop's {loop}.</source>
        <translation>Sus {size} píxeles en {x}, {y} se salen de los {loop} del bucle.</translation>
    </message>
    <message>
        <source>Job {job} belongs to another worker now.</source>
        <translation>El trabajo {job} ahora es de otro proceso.</translation>
    </message>
    <message>
        <source>Job {job} belongs to somebody else now: this worker’s lease on it ran out.</source>
        <translation>El trabajo {job} ahora es de otro: a este proceso se le venció el plazo.</translation>
    </message>
    <message>
        <source>Job {job} was cancelled.</source>
        <translation>El trabajo {job} se canceló.</translation>
    </message>
    <message>
        <source>Keep films</source>
        <translation>Conservar los videos</translation>
    </message>
    <message>
        <source>Keep films where they are made</source>
        <translation>Dejar los videos donde se hacen</translation>
    </message>
    <message>
        <source>Keep names and texts</source>
        <translation>Conservar nombres y textos</translation>
    </message>
    <message>
        <source>Keep temporary files</source>
        <translation>Conservar archivos temporales</translation>
    </message>
    <message>
        <source>Keep the columns the films need and delete the others.</source>
        <translation>Conserve las columnas que los videos necesitan y borre las demás.</translation>
    </message>
    <message>
        <source>Keep the films that this computer makes in its own OUTPUT_DIR, not where the sender wants them.</source>
        <translation>Dejar los videos que hace esta computadora en su propia OUTPUT_DIR, no donde los quiere quien los envió.</translation>
    </message>
    <message>
        <source>Keep the history</source>
        <translation>Conservar el historial</translation>
    </message>
    <message>
        <source>Keeping and cleaning up</source>
        <translation>Conservar y limpiar</translation>
    </message>
    <message>
        <source>Knows repeated requests</source>
        <translation>Reconoce pedidos repetidos</translation>
    </message>
    <message>
        <source>Language code</source>
        <translation>Código de idioma</translation>
    </message>
    <message>
        <source>Let the system set the clock by itself (NTP).</source>
        <translation>Deje que el sistema ponga el reloj en hora automáticamente (NTP).</translation>
    </message>
    <message>
        <source>Lets the rest be silent (silence)</source>
        <translation>Deja el resto en silencio (silence)</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>Parecido</translation>
    </message>
    <message>
        <source>Lip-sync</source>
        <translation>Sincronización de labios</translation>
    </message>
    <message>
        <source>Log and figures</source>
        <translation>Registro y cifras</translation>
    </message>
    <message>
        <source>Log for machines</source>
        <translation>Registro para máquinas</translation>
    </message>
    <message>
        <source>Log one JSON object a line.</source>
        <translation>Anotar un objeto JSON por línea.</translation>
    </message>
    <message>
        <source>Longest message</source>
        <translation>Mensaje más largo</translation>
    </message>
    <message>
        <source>Longest stage</source>
        <translation>Etapa más larga</translation>
    </message>
    <message>
        <source>Longest standstill</source>
        <translation>Quietud más larga</translation>
    </message>
    <message>
        <source>Look at health there; started anew, it works again.</source>
        <translation>Mire el estado en ese equipo; al reiniciarlo, vuelve a trabajar.</translation>
    </message>
    <message>
        <source>Look at its folder, named in WAV2LIP_REPO_PATH, and at WAV2LIP_PYTHON.</source>
        <translation>Revise su carpeta, la que indica WAV2LIP_REPO_PATH, y WAV2LIP_PYTHON.</translation>
    </message>
    <message>
        <source>Look at the network, and at what else the server does.</source>
        <translation>Revise la red y qué más está haciendo el servidor.</translation>
    </message>
    <message>
        <source>Look at the text: there may be nothing in it that can be spoken.</source>
        <translation>Mire el texto: puede que no tenga nada que se pueda decir.</translation>
    </message>
    <message>
        <source>Look at this computer's connection, then test again.</source>
        <translation>Revise la conexión de esta computadora y vuelva a probar.</translation>
    </message>
    <message>
        <source>Look at this row's text and at the machine's memory, then retry it from the Failed tab.</source>
        <translation>Revise el texto de esta fila y la memoria del equipo, y reintente desde Fallidos.</translation>
    </message>
    <message>
        <source>Look at your account there, then let it be asked again.</source>
        <translation>Mire su cuenta ahí y después deje que se vuelva a pedir.</translation>
    </message>
    <message>
        <source>Look into your account there whether it was made and paid, then retry the film.</source>
        <translation>Mire en su cuenta allí si se hizo y se cobró, y después reintente el video.</translation>
    </message>
    <message>
        <source>Look whether it runs, and whether it speaks TLS on that port; if not, write redis:// in REDIS_URL.</source>
        <translation>Revise si está encendido y si habla TLS en ese puerto; si no, escriba redis:// en REDIS_URL.</translation>
    </message>
    <message>
        <source>Look whether it runs. Its films go to others by themselves.</source>
        <translation>Vea si está funcionando. Sus videos pasan automáticamente a otros equipos.</translation>
    </message>
    <message>
        <source>MB</source>
        <translation>MB</translation>
    </message>
    <message>
        <source>Make it again from the loop's own frames; `app.py check` on the template's folder tells more.</source>
        <translation>Hágala de nuevo con los cuadros del propio bucle; `app.py check` sobre la carpeta de la plantilla dice más.</translation>
    </message>
    <message>
        <source>Make room on the disk before a large batch: a film takes about 10 MB.</source>
        <translation>Haga lugar en el disco antes de un lote grande: un video ocupa unos 10 MB.</translation>
    </message>
    <message>
        <source>Make room on the disks of the films and of Trineo's data; the films that wait go on by themselves.</source>
        <translation>Haga lugar en los discos de los videos y de los datos de Trineo; los videos que esperan siguen solos.</translation>
    </message>
    <message>
        <source>Make room there, or ask for the right to write to its folder. What it held is unchanged.</source>
        <translation>Haga lugar allí o pida permiso para escribir en su carpeta. Lo que contenía no cambió.</translation>
    </message>
    <message>
        <source>Make room there; the films that wait go on by themselves.</source>
        <translation>Haga lugar allí; los videos que esperan siguen solos.</translation>
    </message>
    <message>
        <source>Make the clip longer or the template's transition_s shorter.</source>
        <translation>Alargue el clip o acorte transition_s en la plantilla.</translation>
    </message>
    <message>
        <source>Manner</source>
        <translation>Estilo</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>Media</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modelo</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>Archivo del modelo</translation>
    </message>
    <message>
        <source>Model that speaks</source>
        <translation>Modelo que habla</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Dinero</translation>
    </message>
    <message>
        <source>More than {limit} rows have a quotation mark that is never closed.</source>
        <translation>Más de {limit} filas tienen una comilla que nunca se cierra.</translation>
    </message>
    <message>
        <source>Name a data folder with --data-dir, and a folder for the films with OUTPUT_DIR.</source>
        <translation>Indique una carpeta de datos con --data-dir, y una carpeta para los videos con OUTPUT_DIR.</translation>
    </message>
    <message>
        <source>Name a template that is installed, or a folder that holds a template.toml.</source>
        <translation>Indique una plantilla instalada, o una carpeta con un template.toml.</translation>
    </message>
    <message>
        <source>Name another file for the refused rows.</source>
        <translation>Indique otro archivo para las filas rechazadas.</translation>
    </message>
    <message>
        <source>Name another one with --data-dir.</source>
        <translation>Indique otra con --data-dir.</translation>
    </message>
    <message>
        <source>Name another one.</source>
        <translation>Indique otro.</translation>
    </message>
    <message>
        <source>Name it with --redis-url or REDIS_URL.</source>
        <translation>Indíquelo con --redis-url o REDIS_URL.</translation>
    </message>
    <message>
        <source>Name the Redis that it copies in REDIS_URL.</source>
        <translation>Indique en REDIS_URL el Redis del que es copia.</translation>
    </message>
    <message>
        <source>Names can't be heard here: {reason}.</source>
        <translation>Aquí no se pueden escuchar los nombres: {reason}.</translation>
    </message>
    <message>
        <source>Names of films</source>
        <translation>Nombres de los videos</translation>
    </message>
    <message>
        <source>Never make the message with Higgsfield.</source>
        <translation>No hacer nunca el mensaje con Higgsfield.</translation>
    </message>
    <message>
        <source>Never make the message with a HeyGen avatar.</source>
        <translation>No hacer nunca el mensaje con un avatar de HeyGen.</translation>
    </message>
    <message>
        <source>Never move the template's own mouths.</source>
        <translation>No mover nunca las bocas propias de la plantilla.</translation>
    </message>
    <message>
        <source>Never speak with ElevenLabs.</source>
        <translation>No hablar nunca con ElevenLabs.</translation>
    </message>
    <message>
        <source>Never use HeyGen's lip-sync.</source>
        <translation>No usar nunca la sincronización de labios de HeyGen.</translation>
    </message>
    <message>
        <source>Never use Sync Labs.</source>
        <translation>No usar nunca Sync Labs.</translation>
    </message>
    <message>
        <source>Never use Wav2Lip.</source>
        <translation>No usar nunca Wav2Lip.</translation>
    </message>
    <message>
        <source>Never use the offline voice.</source>
        <translation>No usar nunca la voz sin conexión.</translation>
    </message>
    <message>
        <source>No Python was found that runs it: name one in WAV2LIP_PYTHON.</source>
        <translation>No se encontró un Python que lo ejecute: indique uno en WAV2LIP_PYTHON.</translation>
    </message>
    <message>
        <source>No column holds the child's name. The columns found: {columns}.</source>
        <translation>Ninguna columna tiene el nombre del chico. Columnas encontradas: {columns}.</translation>
    </message>
    <message>
        <source>No computer makes films from it at the moment.</source>
        <translation>Ninguna computadora hace videos con él en este momento.</translation>
    </message>
    <message>
        <source>No installed template brings mouths.</source>
        <translation>Ninguna plantilla instalada trae bocas.</translation>
    </message>
    <message>
        <source>No section loops: words that are longer than the clips are refused.</source>
        <translation>Ninguna sección se repite: se rechazan las palabras que duren más que los clips.</translation>
    </message>
    <message>
        <source>No template is installed.</source>
        <translation>No hay ninguna plantilla instalada.</translation>
    </message>
    <message>
        <source>No voice can be used now ({reasons}).</source>
        <translation>Ahora no se puede usar ninguna voz ({reasons}).</translation>
    </message>
    <message>
        <source>No voice is chosen; your account has {count}.</source>
        <translation>No hay ninguna voz elegida; su cuenta tiene {count}.</translation>
    </message>
    <message>
        <source>No voice works.</source>
        <translation>No funciona ninguna voz.</translation>
    </message>
    <message>
        <source>Nobody else works on it. Several computers share one queue on a Redis.</source>
        <translation>Nadie más trabaja en ella. Varias computadoras comparten una cola con un Redis.</translation>
    </message>
    <message>
        <source>Nobody knows a computer of that name. Look at the host in REDIS_URL.</source>
        <translation>No se conoce ninguna computadora con ese nombre. Revise la dirección en REDIS_URL.</translation>
    </message>
    <message>
        <source>Not everything in the file is {encoding}: what is not shows as �. Choose another encoding.</source>
        <translation>No todo el archivo es {encoding}: lo que no lo es se ve como �. Elija otra codificación.</translation>
    </message>
    <message>
        <source>Not heard of for a minute: {names}.</source>
        <translation>Sin noticias desde hace un minuto: {names}.</translation>
    </message>
    <message>
        <source>Not in use: {reason}.</source>
        <translation>No se usa: {reason}.</translation>
    </message>
    <message>
        <source>Nothing can be written to the folder {folder}: {reason}.</source>
        <translation>No se puede escribir en la carpeta {folder}: {reason}.</translation>
    </message>
    <message>
        <source>Nothing is known against it; {taken} of {slots} calls are made.</source>
        <translation>No hay nada en su contra; hay {taken} de {slots} llamadas en curso.</translation>
    </message>
    <message>
        <source>Nothing is wrong here. Test again in a few minutes.</source>
        <translation>Aquí no hay nada mal. Vuelva a probar en unos minutos.</translation>
    </message>
    <message>
        <source>Nothing listens there. Start the Redis, or look at the host and the port in REDIS_URL.</source>
        <translation>Allí no escucha nadie. Inicie el Redis, o revise la dirección y el puerto en REDIS_URL.</translation>
    </message>
    <message>
        <source>Nothing that makes {strategy} films works now ({reasons}), and this batch allows nothing simpler.</source>
        <translation>Ahora no funciona nada que haga videos de tipo {strategy} ({reasons}), y este lote no admite nada más simple.</translation>
    </message>
    <message>
        <source>Nothing, if another voice works.</source>
        <translation>Nada, si otra voz funciona.</translation>
    </message>
    <message>
        <source>One of the two.</source>
        <translation>Una de las dos cosas.</translation>
    </message>
    <message>
        <source>Only {decoded} of its {promised} frames can be decoded.</source>
        <translation>Solo se pueden decodificar {decoded} de sus {promised} cuadros.</translation>
    </message>
    <message>
        <source>Open Trineo on a computer, or run there: app.py worker.</source>
        <translation>Abra Trineo en un equipo, o ejecute allí: app.py worker.</translation>
    </message>
    <message>
        <source>Open a web page to see whether the network asks for a login, and look at {setting}.</source>
        <translation>Abra una página web para ver si la red pide iniciar sesión, y revise {setting}.</translation>
    </message>
    <message>
        <source>Open it in Excel or LibreOffice and save it as .xlsx.</source>
        <translation>Ábralo en Excel o LibreOffice y guárdelo como .xlsx.</translation>
    </message>
    <message>
        <source>Open it in Word or LibreOffice and save it as .docx.</source>
        <translation>Ábralo en Word o LibreOffice y guárdelo como .docx.</translation>
    </message>
    <message>
        <source>Open it in its program and save it as .docx.</source>
        <translation>Ábralo en su programa y guárdelo como .docx.</translation>
    </message>
    <message>
        <source>Open it in the program that made it and save it as “CSV UTF-8” or as plain text.</source>
        <translation>Ábralo en el programa con que se hizo y guárdelo como “CSV UTF-8” o como texto simple.</translation>
    </message>
    <message>
        <source>Open it there, choose File › Export To › Excel (or Word), and use the .xlsx (or .docx).</source>
        <translation>Ábralo ahí, elija Archivo › Exportar a › Excel (o Word) y use el .xlsx (o .docx).</translation>
    </message>
    <message>
        <source>Open it, save a copy without a password, and use that.</source>
        <translation>Ábralo, guarde una copia sin contraseña y use esa.</translation>
    </message>
    <message>
        <source>Pack files of these kinds: {formats}.</source>
        <translation>Empaquete archivos de estos tipos: {formats}.</translation>
    </message>
    <message>
        <source>Path for clips</source>
        <translation>Ruta para los clips</translation>
    </message>
    <message>
        <source>Path for progress</source>
        <translation>Ruta para el avance</translation>
    </message>
    <message>
        <source>Pay again without asking</source>
        <translation>Pagar otra vez sin preguntar</translation>
    </message>
    <message>
        <source>Persistence is off: when it is restarted, the whole queue is gone.</source>
        <translation>La persistencia está apagada: si se reinicia, se pierde toda la cola.</translation>
    </message>
    <message>
        <source>Persistence is on: a power cut costs a second's work at most.</source>
        <translation>La persistencia está activada: un corte de luz cuesta un segundo de trabajo como mucho.</translation>
    </message>
    <message>
        <source>Plan {tier}: all {limit} characters are used up. New ones come on {day}.</source>
        <translation>Plan {tier}: se usaron los {limit} caracteres. El {day} llegan nuevos.</translation>
    </message>
    <message>
        <source>Plan {tier}: it does not say how many characters are left.</source>
        <translation>Plan {tier}: no dice cuántos caracteres quedan.</translation>
    </message>
    <message>
        <source>Plan {tier}: {left} of {limit} characters are left until {day}.</source>
        <translation>Plan {tier}: quedan {left} de {limit} caracteres hasta el {day}.</translation>
    </message>
    <message>
        <source>Plays it back and forth (bounce)</source>
        <translation>Lo pasa de ida y vuelta (bounce)</translation>
    </message>
    <message>
        <source>Port for Prometheus</source>
        <translation>Puerto para Prometheus</translation>
    </message>
    <message>
        <source>Put a working .ttf or .otf file in its place.</source>
        <translation>Ponga en su lugar un archivo .ttf u .otf que funcione.</translation>
    </message>
    <message>
        <source>Put a working clip in its place, then retry.</source>
        <translation>Ponga en su lugar un clip que funcione y reintente.</translation>
    </message>
    <message>
        <source>Put a working file in its place.</source>
        <translation>Ponga en su lugar un archivo que funcione.</translation>
    </message>
    <message>
        <source>Put files of these kinds into it: {formats}.</source>
        <translation>Ponga en ella archivos de estos tipos: {formats}.</translation>
    </message>
    <message>
        <source>Put one of these into ELEVENLABS_MODEL: {models}.</source>
        <translation>Ponga uno de estos en ELEVENLABS_MODEL: {models}.</translation>
    </message>
    <message>
        <source>Put quotation marks around a text that holds the separator, or delete the extra cells.</source>
        <translation>Ponga entre comillas el texto que contiene el separador, o borre las celdas de más.</translation>
    </message>
    <message>
        <source>Put that file back as it was, or look at the template with: check FOLDER.</source>
        <translation>Vuelva a poner ese archivo como estaba, o revise la plantilla con: check CARPETA.</translation>
    </message>
    <message>
        <source>Put that right in a text editor, or move the file away: then no name is respelled.</source>
        <translation>Corríjalo en un editor de texto, o mueva el archivo a otro lugar: entonces no se reescribe ningún nombre.</translation>
    </message>
    <message>
        <source>Put that right, or empty its setting: films are made without it.</source>
        <translation>Corríjalo o vacíe su ajuste: los videos se hacen sin eso.</translation>
    </message>
    <message>
        <source>Put that version back, or send the rows again with the template as it is now.</source>
        <translation>Vuelva a poner esa versión, o envíe las filas otra vez con la plantilla como está ahora.</translation>
    </message>
    <message>
        <source>Put the template's files back, then retry.</source>
        <translation>Vuelva a poner los archivos de la plantilla y reintente.</translation>
    </message>
    <message>
        <source>Put them into the template's folder or take them out of template.toml.</source>
        <translation>Póngalos en la carpeta de la plantilla o quítelos de template.toml.</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Calidad</translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>Rápida</translation>
    </message>
    <message>
        <source>Read the text once more, and type it again where it looks odd.</source>
        <translation>Lea el texto una vez más y vuelva a escribirlo donde se vea raro.</translation>
    </message>
    <message>
        <source>Read the text once more.</source>
        <translation>Vuelva a leer el texto.</translation>
    </message>
    <message>
        <source>Rename it and enter the keys again; those in the system's keyring are still there.</source>
        <translation>Cámbiele el nombre e ingrese las claves otra vez; las del llavero del sistema siguen allí.</translation>
    </message>
    <message>
        <source>Retry it; if it fails again, send us the details.</source>
        <translation>Reintente; si vuelve a fallar, envíenos los detalles.</translation>
    </message>
    <message>
        <source>Reword the text, or use another voice, then retry.</source>
        <translation>Cambie el texto o use otra voz, y después reintente.</translation>
    </message>
    <message>
        <source>Room around the face</source>
        <translation>Espacio alrededor de la cara</translation>
    </message>
    <message>
        <source>Room for spoken lines</source>
        <translation>Lugar para las frases habladas</translation>
    </message>
    <message>
        <source>Room left around the face: above, below, left, right, in pixels.</source>
        <translation>Espacio que se deja alrededor de la cara: arriba, abajo, izquierda, derecha, en píxeles.</translation>
    </message>
    <message>
        <source>Santa at HeyGen, by his avatar's id; empty: the template's picture is brought to life.</source>
        <translation>Papá Noel en HeyGen, por el id de su avatar; vacío: se da vida a la imagen de la plantilla.</translation>
    </message>
    <message>
        <source>Santa may speak for longer than the template's limit of {limit} s: about {seconds} s.</source>
        <translation>Papá Noel quizá hable más que el límite de la plantilla, {limit} s: unos {seconds} s.</translation>
    </message>
    <message>
        <source>Santa would speak for about {seconds} s; the template's limit is {limit} s.</source>
        <translation>Papá Noel hablaría unos {seconds} s; el límite de la plantilla es de {limit} s.</translation>
    </message>
    <message>
        <source>Santa's avatar</source>
        <translation>Avatar de Papá Noel</translation>
    </message>
    <message>
        <source>Santa's mouth moves in these templates, free of charge: {names}.</source>
        <translation>La boca de Papá Noel se mueve en estas plantillas, sin costo: {names}.</translation>
    </message>
    <message>
        <source>Santa's voice</source>
        <translation>Voz de Papá Noel</translation>
    </message>
    <message>
        <source>Santa's voice at ElevenLabs, by its id there.</source>
        <translation>La voz de Papá Noel en ElevenLabs, por su id allí.</translation>
    </message>
    <message>
        <source>Santa's voice at HeyGen</source>
        <translation>Voz de Papá Noel en HeyGen</translation>
    </message>
    <message>
        <source>Santa's voice at HeyGen; empty: the film's own voice is sent there.</source>
        <translation>La voz de Papá Noel en HeyGen; vacío: se envía allí la voz del propio video.</translation>
    </message>
    <message>
        <source>Save it as UTF-8 text, or rename it to do without it.</source>
        <translation>Guárdela como texto UTF-8, o cámbiele el nombre para prescindir de ella.</translation>
    </message>
    <message>
        <source>Save it as one of {formats}.</source>
        <translation>Guárdelo como uno de estos: {formats}.</translation>
    </message>
    <message>
        <source>Save the table again as CSV from the program that made it.</source>
        <translation>Guarde la tabla otra vez como CSV desde el programa con que se hizo.</translation>
    </message>
    <message>
        <source>Say what is to be forgotten: a batch, or a name.</source>
        <translation>Indique qué hay que olvidar: un lote o un nombre.</translation>
    </message>
    <message>
        <source>Set appendfsync everysec in the Redis: then a power cut costs a second at most.</source>
        <translation>Ponga appendfsync everysec en el Redis: así un corte de luz cuesta un segundo como mucho.</translation>
    </message>
    <message>
        <source>Set appendonly yes and appendfsync everysec in the Redis.</source>
        <translation>Ponga appendonly yes y appendfsync everysec en el Redis.</translation>
    </message>
    <message>
        <source>Set appendonly yes in the Redis.</source>
        <translation>Ponga appendonly yes en el Redis.</translation>
    </message>
    <message>
        <source>Set aside, because they failed what others made: {names}.</source>
        <translation>Apartados, porque les falló lo que otros sí pudieron hacer: {names}.</translation>
    </message>
    <message>
        <source>Set it in the environment.</source>
        <translation>Defínalo en el entorno.</translation>
    </message>
    <message>
        <source>Set maxmemory-policy noeviction in the Redis.</source>
        <translation>Ponga maxmemory-policy noeviction en el Redis.</translation>
    </message>
    <message>
        <source>Several columns hold the same thing: {columns}. The first that is filled in counts.</source>
        <translation>Varias columnas contienen lo mismo: {columns}. Cuenta la primera que esté completa.</translation>
    </message>
    <message>
        <source>Several computers</source>
        <translation>Varias computadoras</translation>
    </message>
    <message>
        <source>Shared queue (Redis)</source>
        <translation>Cola compartida (Redis)</translation>
    </message>
    <message>
        <source>Shorten it to {limit} characters.</source>
        <translation>Acórtelo a {limit} caracteres.</translation>
    </message>
    <message>
        <source>Shorten it, or use a template that gives it more room.</source>
        <translation>Acórtelo, o use una plantilla que le dé más lugar.</translation>
    </message>
    <message>
        <source>Shorten it, then retry.</source>
        <translation>Acórtelo y después reintente.</translation>
    </message>
    <message>
        <source>Shorten it; a table needs the ending .csv.</source>
        <translation>Acórtelo; una tabla necesita la terminación .csv.</translation>
    </message>
    <message>
        <source>Shorten or reword it, then retry. The details say what {provider} did not like.</source>
        <translation>Acórtelo o cambie las palabras, y después reintente. Los detalles dicen qué no le gustó a {provider}.</translation>
    </message>
    <message>
        <source>Shorten the longest text.</source>
        <translation>Acorte el texto más largo.</translation>
    </message>
    <message>
        <source>Shorten the text, or choose a preset without a limit.</source>
        <translation>Acorte el texto o elija un ajuste sin límite.</translation>
    </message>
    <message>
        <source>Shorten the text, or let the template's last section loop.</source>
        <translation>Acorte el texto, o haga que la última sección de la plantilla se repita.</translation>
    </message>
    <message>
        <source>Shorten the text; if it isn't that long, look for a quotation mark that is never closed.</source>
        <translation>Acorte el texto; si no es tan largo, busque una comilla que nunca se cierra.</translation>
    </message>
    <message>
        <source>Shrink the picture</source>
        <translation>Achicar la imagen</translation>
    </message>
    <message>
        <source>Shrinks the picture for Wav2Lip: quicker, in less memory, less sharp.</source>
        <translation>Achica la imagen para Wav2Lip: más rápido, con menos memoria, menos nítido.</translation>
    </message>
    <message>
        <source>Silence of a worker</source>
        <translation>Silencio de un proceso</translation>
    </message>
    <message>
        <source>Size of clips</source>
        <translation>Tamaño de los clips</translation>
    </message>
    <message>
        <source>Slows it down (remap)</source>
        <translation>Lo hace más lento (remap)</translation>
    </message>
    <message>
        <source>Somebody else holds “{name}” now.</source>
        <translation>Otro tiene “{name}” ahora.</translation>
    </message>
    <message>
        <source>Something else than a Redis answers there. Look at the port in REDIS_URL.</source>
        <translation>Allí responde otra cosa, no un Redis. Revise el puerto en REDIS_URL.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have ({kind}).</source>
        <translation>Algo salió mal que no debía ({kind}).</translation>
    </message>
    <message>
        <source>Sound format</source>
        <translation>Formato de sonido</translation>
    </message>
    <message>
        <source>Speak each sentence on its own, so that what films share is paid for once.</source>
        <translation>Decir cada oración por separado, para que lo que los videos comparten se pague una sola vez.</translation>
    </message>
    <message>
        <source>Speak sentence by sentence</source>
        <translation>Hablar oración por oración</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Velocidad</translation>
    </message>
    <message>
        <source>Split it into several files.</source>
        <translation>Divídalo en varios archivos.</translation>
    </message>
    <message>
        <source>Split it.</source>
        <translation>Divídalo.</translation>
    </message>
    <message>
        <source>Start that version, or choose another data folder.</source>
        <translation>Abra esa versión, o elija otra carpeta de datos.</translation>
    </message>
    <message>
        <source>Switch ElevenLabs off</source>
        <translation>Desactivar ElevenLabs</translation>
    </message>
    <message>
        <source>Switch Higgsfield off</source>
        <translation>Desactivar Higgsfield</translation>
    </message>
    <message>
        <source>Switch Sync Labs off</source>
        <translation>Desactivar Sync Labs</translation>
    </message>
    <message>
        <source>Switch Wav2Lip off</source>
        <translation>Desactivar Wav2Lip</translation>
    </message>
    <message>
        <source>Switch its lip-sync off</source>
        <translation>Desactivar su sincronización de labios</translation>
    </message>
    <message>
        <source>Switch the avatar off</source>
        <translation>Desactivar el avatar</translation>
    </message>
    <message>
        <source>Switch the drawn mouths off</source>
        <translation>Desactivar las bocas dibujadas</translation>
    </message>
    <message>
        <source>Switch the offline voice off</source>
        <translation>Desactivar la voz sin conexión</translation>
    </message>
    <message>
        <source>Switch {setting} off in Settings to use it.</source>
        <translation>Desactive {setting} en Ajustes para usarlo.</translation>
    </message>
    <message>
        <source>Sync Labs</source>
        <translation>Sync Labs</translation>
    </message>
    <message>
        <source>Sync Labs key</source>
        <translation>Clave de Sync Labs</translation>
    </message>
    <message>
        <source>Take it out there and start Trineo again.</source>
        <translation>Quítelo allí y vuelva a abrir Trineo.</translation>
    </message>
    <message>
        <source>Take it out unless the film is wanted twice.</source>
        <translation>Quítela, salvo que se quiera el video dos veces.</translation>
    </message>
    <message>
        <source>Test again in a minute.</source>
        <translation>Vuelva a probar en un minuto.</translation>
    </message>
    <message>
        <source>Test again later. If it stays so, look at its address in Settings.</source>
        <translation>Vuelva a probar más tarde. Si sigue así, revise su dirección en Ajustes.</translation>
    </message>
    <message>
        <source>Test again. If it stays so, install Trineo again.</source>
        <translation>Vuelva a probar. Si sigue así, instale Trineo de nuevo.</translation>
    </message>
    <message>
        <source>That is slow. Look at the network between the two.</source>
        <translation>Es lento. Revise la red entre los dos.</translation>
    </message>
    <message>
        <source>The ElevenLabs model that speaks.</source>
        <translation>El modelo de ElevenLabs que habla.</translation>
    </message>
    <message>
        <source>The FFmpeg in use can't write on the picture: it was built without libass.</source>
        <translation>El FFmpeg en uso no puede escribir sobre la imagen: se compiló sin libass.</translation>
    </message>
    <message>
        <source>The Python that runs Wav2Lip; empty: that of a .venv in its folder, else python3.</source>
        <translation>El Python que ejecuta Wav2Lip; vacío: el de un .venv en su carpeta o, si no, python3.</translation>
    </message>
    <message>
        <source>The Redis at {address} answers in {milliseconds} ms; its queue knows {jobs} films.</source>
        <translation>El Redis de {address} responde en {milliseconds} ms; su cola conoce {jobs} videos.</translation>
    </message>
    <message>
        <source>The Redis at {address} can't be used.</source>
        <translation>El Redis de {address} no se puede usar.</translation>
    </message>
    <message>
        <source>The Redis that machines share; empty: this computer's own queue.</source>
        <translation>El Redis que las computadoras comparten; vacío: la cola propia de esta computadora.</translation>
    </message>
    <message>
        <source>The Sync Labs model.</source>
        <translation>El modelo de Sync Labs.</translation>
    </message>
    <message>
        <source>The Wav2Lip model file, seen from there.</source>
        <translation>El archivo del modelo de Wav2Lip, visto desde allí.</translation>
    </message>
    <message>
        <source>The accents in “{column}” had been broken on the way here (Ã© for é); they were mended.</source>
        <translation>Los acentos de «{column}» llegaron rotos (Ã© por é); se arreglaron.</translation>
    </message>
    <message>
        <source>The archive holds files whose names lead out of it; they were not read.</source>
        <translation>El archivo comprimido tiene archivos cuyos nombres llevan fuera de él; no se leyeron.</translation>
    </message>
    <message>
        <source>The archive holds no file that can be read.</source>
        <translation>En el archivo comprimido no hay ningún archivo que se pueda leer.</translation>
    </message>
    <message>
        <source>The budget of this batch is used up.</source>
        <translation>Se agotó el presupuesto de este lote.</translation>
    </message>
    <message>
        <source>The clip of section {section} has {frames} frames: too few for its transitions.</source>
        <translation>El clip de la sección {section} tiene {frames} cuadros: muy pocos para sus transiciones.</translation>
    </message>
    <message>
        <source>The clip {file} of the template breaks off after {seconds} seconds.</source>
        <translation>El clip {file} de la plantilla se corta a los {seconds} segundos.</translation>
    </message>
    <message>
        <source>The clip {file} of the template can't be read: {reason}.</source>
        <translation>El clip {file} de la plantilla no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>The clip {file} of the template holds no picture.</source>
        <translation>El clip {file} de la plantilla no tiene imagen.</translation>
    </message>
    <message>
        <source>The clip {file} of the template is damaged: only {decoded} of its {promised} frames can be decoded.</source>
        <translation>El clip {file} de la plantilla está dañado: solo se pueden leer {decoded} de sus {promised} cuadros.</translation>
    </message>
    <message>
        <source>The clock agrees with the job store's.</source>
        <translation>El reloj coincide con el de la cola de trabajos.</translation>
    </message>
    <message>
        <source>The credit at {provider} is used up.</source>
        <translation>Se agotó el crédito en {provider}.</translation>
    </message>
    <message>
        <source>The data folder {folder} belongs to Trineo {theirs}. This is {ours}, which is older and can't read it.</source>
        <translation>La carpeta de datos {folder} es de Trineo {theirs}. Este es el {ours}, que es anterior y no puede leerla.</translation>
    </message>
    <message>
        <source>The data folder {folder} can't be made: {reason}.</source>
        <translation>La carpeta de datos {folder} no se puede crear: {reason}.</translation>
    </message>
    <message>
        <source>The disk of {folder} is full.</source>
        <translation>El disco de {folder} está lleno.</translation>
    </message>
    <message>
        <source>The document holds a table; the text around it is not read.</source>
        <translation>El documento tiene una tabla; el texto que la rodea no se lee.</translation>
    </message>
    <message>
        <source>The document holds more than any batch of letters.</source>
        <translation>El documento tiene más que cualquier lote de cartas.</translation>
    </message>
    <message>
        <source>The file can't be read: {reason}.</source>
        <translation>El archivo no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>The file changed while it was read: it is still being written or copied.</source>
        <translation>El archivo cambió mientras se leía: todavía se está guardando o copiando.</translation>
    </message>
    <message>
        <source>The file declares a document type, which no program of this kind writes: it may be made to do harm.</source>
        <translation>El archivo declara un tipo de documento, cosa que ningún programa de estos hace: puede estar hecho para causar daño.</translation>
    </message>
    <message>
        <source>The file doesn't say its encoding; it was read as {encoding}. Check the accents.</source>
        <translation>El archivo no dice su codificación; se leyó como {encoding}. Revise los acentos.</translation>
    </message>
    <message>
        <source>The file holds no list of objects, one for each child.</source>
        <translation>En el archivo no hay una lista de objetos, uno por cada chico.</translation>
    </message>
    <message>
        <source>The file is damaged or incomplete.</source>
        <translation>El archivo está dañado o incompleto.</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>El archivo está vacío.</translation>
    </message>
    <message>
        <source>The file is larger than {limit} MB.</source>
        <translation>El archivo ocupa más de {limit} MB.</translation>
    </message>
    <message>
        <source>The file is no valid JSON: line {line}, column {column}: {reason}.</source>
        <translation>El archivo no es JSON válido: línea {line}, columna {column}: {reason}.</translation>
    </message>
    <message>
        <source>The file is protected with a password.</source>
        <translation>El archivo está protegido con una contraseña.</translation>
    </message>
    <message>
        <source>The file mixes encodings; what is not UTF-8 in it was read as Windows-1252. Check the accents.</source>
        <translation>El archivo mezcla codificaciones; lo que no es UTF-8 se leyó como Windows-1252. Revise los acentos.</translation>
    </message>
    <message>
        <source>The file names fields but has no text under them.</source>
        <translation>El archivo nombra campos pero no tiene texto debajo.</translation>
    </message>
    <message>
        <source>The file of keys {file} can't be read.</source>
        <translation>El archivo de claves {file} no se puede leer.</translation>
    </message>
    <message>
        <source>The file was given more than once; it is read once.</source>
        <translation>El archivo se indicó más de una vez; se lee una sola.</translation>
    </message>
    <message>
        <source>The file {file} can't be changed now.</source>
        <translation>El archivo {file} no se puede cambiar en este momento.</translation>
    </message>
    <message>
        <source>The file {file} can't be read as film or sound: {reason}.</source>
        <translation>El archivo {file} no se puede leer como video ni sonido: {reason}.</translation>
    </message>
    <message>
        <source>The file {file} can't be read as sound: {reason}.</source>
        <translation>El archivo {file} no se puede leer como sonido: {reason}.</translation>
    </message>
    <message>
        <source>The file {file} can't be read: {reason}.</source>
        <translation>El archivo {file} no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>The file {file} can't be written: {reason}.</source>
        <translation>El archivo {file} no se puede escribir: {reason}.</translation>
    </message>
    <message>
        <source>The file's lists lie too deep in one another.</source>
        <translation>Las listas del archivo están demasiado metidas unas en otras.</translation>
    </message>
    <message>
        <source>The film of row {row} is not where it was made.</source>
        <translation>El video de la fila {row} no está donde se hizo.</translation>
    </message>
    <message>
        <source>The film's parts could not be joined: {reason}.</source>
        <translation>Las partes del video no se pudieron unir: {reason}.</translation>
    </message>
    <message>
        <source>The film's sound could not be encoded: {reason}.</source>
        <translation>El sonido del video no se pudo codificar: {reason}.</translation>
    </message>
    <message>
        <source>The finished film failed its check and was thrown away: {problems}.</source>
        <translation>El video terminado no pasó la revisión y se descartó: {problems}.</translation>
    </message>
    <message>
        <source>The first half of your Higgsfield key: its id.</source>
        <translation>La primera mitad de su clave de Higgsfield: su id.</translation>
    </message>
    <message>
        <source>The first row can't be read as column names: {reason}</source>
        <translation>La primera fila no se puede leer como nombres de columnas: {reason}</translation>
    </message>
    <message>
        <source>The folder approved films are moved to; empty: the folder aprobados, beside them.</source>
        <translation>La carpeta a la que pasan los videos aprobados; vacío: la carpeta aprobados, junto a ellos.</translation>
    </message>
    <message>
        <source>The folder films go to.</source>
        <translation>La carpeta a la que van los videos.</translation>
    </message>
    <message>
        <source>The folder holds more than {limit} files; the others were not read.</source>
        <translation>En la carpeta hay más de {limit} archivos; los demás no se leyeron.</translation>
    </message>
    <message>
        <source>The folder holds no file that can be read.</source>
        <translation>La carpeta no tiene ningún archivo que se pueda leer.</translation>
    </message>
    <message>
        <source>The folder of your own Wav2Lip checkout; empty: none.</source>
        <translation>La carpeta de su propia copia de Wav2Lip; vacío: ninguna.</translation>
    </message>
    <message>
        <source>The folder that spoken lines are kept in; empty: in the data folder.</source>
        <translation>La carpeta donde se guardan las frases habladas; vacío: en la carpeta de datos.</translation>
    </message>
    <message>
        <source>The font {file} can't be used: {reason}.</source>
        <translation>La tipografía {file} no se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>The job store answers in {milliseconds} ms; it knows {jobs} jobs.</source>
        <translation>La cola de trabajos responde en {milliseconds} ms; conoce {jobs} trabajos.</translation>
    </message>
    <message>
        <source>The job store at {address} can't be reached.</source>
        <translation>No se puede llegar a la cola de trabajos en {address}.</translation>
    </message>
    <message>
        <source>The key holds characters that no key has.</source>
        <translation>La clave tiene caracteres que ninguna clave tiene.</translation>
    </message>
    <message>
        <source>The key is accepted.</source>
        <translation>La clave es aceptada.</translation>
    </message>
    <message>
        <source>The key of your ElevenLabs account.</source>
        <translation>La clave de su cuenta de ElevenLabs.</translation>
    </message>
    <message>
        <source>The key of your HeyGen account.</source>
        <translation>La clave de su cuenta de HeyGen.</translation>
    </message>
    <message>
        <source>The key of your Sync Labs account.</source>
        <translation>La clave de su cuenta de Sync Labs.</translation>
    </message>
    <message>
        <source>The language code sent to models that take one; empty: the film's.</source>
        <translation>El código de idioma que se envía a los modelos que lo aceptan; vacío: el del video.</translation>
    </message>
    <message>
        <source>The language in “{column}” is not one the template speaks.</source>
        <translation>El idioma de “{column}” no es uno que hable la plantilla.</translation>
    </message>
    <message>
        <source>The least serious line that is logged.</source>
        <translation>La línea menos grave que se anota.</translation>
    </message>
    <message>
        <source>The list can't be saved in {folder}: {reason}.</source>
        <translation>La lista no se puede guardar en {folder}: {reason}.</translation>
    </message>
    <message>
        <source>The list of how names are said, {file}, can't be read: {reason}.</source>
        <translation>No se puede leer la lista de cómo se dicen los nombres, {file}: {reason}.</translation>
    </message>
    <message>
        <source>The longest message your Sync Labs plan allows.</source>
        <translation>El mensaje más largo que permite su plan de Sync Labs.</translation>
    </message>
    <message>
        <source>The longest that one stage of a film may take.</source>
        <translation>Lo máximo que puede tardar una etapa de un video.</translation>
    </message>
    <message>
        <source>The model file that WAV2LIP_CHECKPOINT names is not there.</source>
        <translation>El archivo del modelo que indica WAV2LIP_CHECKPOINT no está.</translation>
    </message>
    <message>
        <source>The model named in the request, for paths that take one; empty: none.</source>
        <translation>El modelo que se nombra en el pedido, para rutas que lo aceptan; vacío: ninguno.</translation>
    </message>
    <message>
        <source>The model {name} speaks.</source>
        <translation>El modelo {name} habla.</translation>
    </message>
    <message>
        <source>The most that services may cost for one batch, in US dollars; empty: no limit.</source>
        <translation>Lo máximo que pueden costar los servicios para un lote, en dólares; vacío: sin límite.</translation>
    </message>
    <message>
        <source>The most that services may cost on one day, in US dollars; empty: no limit.</source>
        <translation>Lo máximo que pueden costar los servicios en un día, en dólares; vacío: sin límite.</translation>
    </message>
    <message>
        <source>The mouth cues in {file} can't be used: {reason}.</source>
        <translation>Los tiempos de boca de {file} no se pueden usar: {reason}.</translation>
    </message>
    <message>
        <source>The mouth {file} of the template does not fit its loop: {found}.</source>
        <translation>La boca {file} de la plantilla no coincide con su bucle: {found}.</translation>
    </message>
    <message>
        <source>The name can't be used.</source>
        <translation>El nombre no se puede usar.</translation>
    </message>
    <message>
        <source>The name is empty.</source>
        <translation>El nombre está vacío.</translation>
    </message>
    <message>
        <source>The offline voice could not speak this text.</source>
        <translation>La voz sin conexión no pudo decir este texto.</translation>
    </message>
    <message>
        <source>The offline voice does not speak {language}.</source>
        <translation>La voz sin conexión no habla {language}.</translation>
    </message>
    <message>
        <source>The offline voice is not installed.</source>
        <translation>La voz sin conexión no está instalada.</translation>
    </message>
    <message>
        <source>The offline voice is switched on in Settings, under Voice and face.</source>
        <translation>La voz sin conexión se activa en Ajustes, en Voz y rostro.</translation>
    </message>
    <message>
        <source>The offline voice stopped working ({reason}).</source>
        <translation>La voz sin conexión dejó de funcionar ({reason}).</translation>
    </message>
    <message>
        <source>The path that makes talking clips at Higgsfield.</source>
        <translation>La ruta que hace clips hablados en Higgsfield.</translation>
    </message>
    <message>
        <source>The path that tells how far a clip is; {id} stands for its id.</source>
        <translation>La ruta que dice cuánto avanzó un clip; {id} representa su id.</translation>
    </message>
    <message>
        <source>The picture for the list could not be made.</source>
        <translation>No se pudo hacer la imagen para la lista.</translation>
    </message>
    <message>
        <source>The port on this computer where Prometheus may read the figures; empty: none.</source>
        <translation>El puerto de esta computadora donde Prometheus puede leer las cifras; vacío: ninguno.</translation>
    </message>
    <message>
        <source>The port {port} for the figures can't be used: {reason}.</source>
        <translation>El puerto {port} para las métricas no se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>The program that was making this film ended three times without saying why.</source>
        <translation>El programa que hacía este video se cerró tres veces sin decir por qué.</translation>
    </message>
    <message>
        <source>The queue can't be saved: its folder can't be written.</source>
        <translation>La cola no se puede guardar: no se puede escribir en su carpeta.</translation>
    </message>
    <message>
        <source>The queue can't be saved: the disk is full.</source>
        <translation>La cola no se puede guardar: el disco está lleno.</translation>
    </message>
    <message>
        <source>The queue in {folder} was written by a newer Trineo.</source>
        <translation>La cola de {folder} fue escrita por un Trineo más nuevo.</translation>
    </message>
    <message>
        <source>The quotation marks of this row don't pair: one opens a cell and is not closed at its end.</source>
        <translation>Las comillas de esta fila no coinciden: una abre una celda y no se cierra al final.</translation>
    </message>
    <message>
        <source>The refused rows can't be written to {folder}: {reason}.</source>
        <translation>Las filas rechazadas no se pueden guardar en {folder}: {reason}.</translation>
    </message>
    <message>
        <source>The row has {cells} cells, the header {columns}: its texts may be in the wrong columns.</source>
        <translation>La fila tiene {cells} celdas y el encabezado {columns}: sus textos pueden estar en columnas equivocadas.</translation>
    </message>
    <message>
        <source>The same child may be in these files twice: see row {row} of {file}.</source>
        <translation>Quizá el mismo chico esté dos veces en estos archivos: vea la fila {row} de {file}.</translation>
    </message>
    <message>
        <source>The second half of your Higgsfield key: its secret.</source>
        <translation>La segunda mitad de su clave de Higgsfield: su secreto.</translation>
    </message>
    <message>
        <source>The server refuses to write: look at its memory, disk and replication.</source>
        <translation>El servidor se niega a escribir: revise su memoria, su disco y su replicación.</translation>
    </message>
    <message>
        <source>The setting {name} can't be used: {reason}</source>
        <translation>El ajuste {name} no se puede usar: {reason}</translation>
    </message>
    <message>
        <source>The settings file {file} can't be read: {reason}.</source>
        <translation>El archivo de ajustes {file} no se puede leer: {reason}.</translation>
    </message>
    <message>
        <source>The sheet {sheet} is not read: none of its columns is known.</source>
        <translation>La hoja {sheet} no se lee: no se conoce ninguna de sus columnas.</translation>
    </message>
    <message>
        <source>The sound that ElevenLabs sends; mp3_44100_192 and pcm_44100 need a higher plan.</source>
        <translation>El sonido que envía ElevenLabs; mp3_44100_192 y pcm_44100 necesitan un plan superior.</translation>
    </message>
    <message>
        <source>The stage {stage} showed no progress for {seconds} seconds and was ended.</source>
        <translation>La etapa {stage} no avanzó durante {seconds} segundos y se detuvo.</translation>
    </message>
    <message>
        <source>The stage {stage} took longer than {seconds} seconds and was ended.</source>
        <translation>La etapa {stage} tardó más de {seconds} segundos y se detuvo.</translation>
    </message>
    <message>
        <source>The support file {file} can't be written: {reason}.</source>
        <translation>El archivo de ayuda {file} no se puede escribir: {reason}.</translation>
    </message>
    <message>
        <source>The system's keyring does not give out {names}.</source>
        <translation>El llavero del sistema no entrega {names}.</translation>
    </message>
    <message>
        <source>The table has a header but no rows.</source>
        <translation>La tabla tiene encabezado pero ninguna fila.</translation>
    </message>
    <message>
        <source>The table has more than {limit} columns.</source>
        <translation>La tabla tiene más de {limit} columnas.</translation>
    </message>
    <message>
        <source>The table has more than {limit} rows.</source>
        <translation>La tabla tiene más de {limit} filas.</translation>
    </message>
    <message>
        <source>The template {file} can't be used: {reason}.</source>
        <translation>La plantilla {file} no se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>The template {file} names files that are not there: {missing}.</source>
        <translation>La plantilla {file} nombra archivos que no están: {missing}.</translation>
    </message>
    <message>
        <source>The template {template} can't be used: its file {file} is not whole ({reason}).</source>
        <translation>La plantilla {template} no se puede usar: su archivo {file} no está completo ({reason}).</translation>
    </message>
    <message>
        <source>The template {template} is not on this computer in the version the batch was made for.</source>
        <translation>La plantilla {template} no está en este equipo en la versión con que se hizo el lote.</translation>
    </message>
    <message>
        <source>The test was given up.</source>
        <translation>La prueba se interrumpió.</translation>
    </message>
    <message>
        <source>The text has more than {limit} characters, and a text file is one film.</source>
        <translation>El texto tiene más de {limit} caracteres, y un archivo de texto es un solo video.</translation>
    </message>
    <message>
        <source>The voice gave back a sound of no length.</source>
        <translation>La voz devolvió un sonido sin duración.</translation>
    </message>
    <message>
        <source>The voice gave back nothing but silence.</source>
        <translation>La voz devolvió solo silencio.</translation>
    </message>
    <message>
        <source>The voice gave back something that is no sound.</source>
        <translation>La voz devolvió algo que no es un sonido.</translation>
    </message>
    <message>
        <source>The voice in {setting} is not among the {count} of your account.</source>
        <translation>La voz de {setting} no está entre las {count} de su cuenta.</translation>
    </message>
    <message>
        <source>The voice {name} is in your account.</source>
        <translation>La voz {name} está en su cuenta.</translation>
    </message>
    <message>
        <source>The word list {file} can't be read.</source>
        <translation>La lista de palabras {file} no se puede leer.</translation>
    </message>
    <message>
        <source>The words of section {section} last longer than the film's last clip.</source>
        <translation>Las palabras de la sección {section} duran más que el último clip del video.</translation>
    </message>
    <message>
        <source>The workbook has more than {limit} sheets.</source>
        <translation>El libro tiene más de {limit} hojas.</translation>
    </message>
    <message>
        <source>There are no voices here.</source>
        <translation>Aquí no hay voces.</translation>
    </message>
    <message>
        <source>There is no Redis to move the queue to.</source>
        <translation>No hay ningún Redis al que mover la cola.</translation>
    </message>
    <message>
        <source>There is no credit left.</source>
        <translation>No queda crédito.</translation>
    </message>
    <message>
        <source>There is no encoding {encoding} here.</source>
        <translation>Aquí no existe la codificación {encoding}.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>No existe la carpeta {folder}.</translation>
    </message>
    <message>
        <source>There is no inference.py in the folder that WAV2LIP_REPO_PATH names.</source>
        <translation>No hay inference.py en la carpeta que indica WAV2LIP_REPO_PATH.</translation>
    </message>
    <message>
        <source>There is no letter and no digit in that name.</source>
        <translation>En ese nombre no hay ninguna letra ni ningún número.</translation>
    </message>
    <message>
        <source>There is no preset called {name}.</source>
        <translation>No hay un formato llamado {name}.</translation>
    </message>
    <message>
        <source>There is no settings file here.</source>
        <translation>Aquí no hay archivo de ajustes.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>No existe ese archivo.</translation>
    </message>
    <message>
        <source>There is no template called {name}.</source>
        <translation>No hay una plantilla llamada {name}.</translation>
    </message>
    <message>
        <source>There is no template in {folder}: its template.toml can't be read ({reason}).</source>
        <translation>No hay una plantilla en {folder}: su template.toml no se puede leer ({reason}).</translation>
    </message>
    <message>
        <source>There is nothing for Santa to say in row {row}.</source>
        <translation>En la fila {row} no hay nada que Papá Noel pueda decir.</translation>
    </message>
    <message>
        <source>There was no answer within {seconds} s.</source>
        <translation>No hubo respuesta en {seconds} s.</translation>
    </message>
    <message>
        <source>These columns are not used: {columns}.</source>
        <translation>Estas columnas no se usan: {columns}.</translation>
    </message>
    <message>
        <source>These columns are not used: {columns}. Did you mean: {likely}?</source>
        <translation>Estas columnas no se usan: {columns}. ¿Quiso decir {likely}?</translation>
    </message>
    <message>
        <source>This account has no home folder to keep its data in.</source>
        <translation>Esta cuenta no tiene una carpeta personal donde guardar sus datos.</translation>
    </message>
    <message>
        <source>This archive lies in an archive in an archive; it was not opened.</source>
        <translation>Este archivo comprimido está dentro de otro que está dentro de otro; no se abrió.</translation>
    </message>
    <message>
        <source>This can't be said: it has no letters, is too long, or holds signs that can't be written down.</source>
        <translation>Esto no se puede decir: no tiene letras, es demasiado largo o contiene signos que no se pueden anotar.</translation>
    </message>
    <message>
        <source>This computer keeps its own queue: it answers in {milliseconds} ms and knows {jobs} films.</source>
        <translation>Esta computadora lleva su propia cola: responde en {milliseconds} ms y conoce {jobs} videos.</translation>
    </message>
    <message>
        <source>This computer's clock is {seconds} s apart from the job store's.</source>
        <translation>El reloj de este equipo difiere en {seconds} s del reloj de la cola de trabajos.</translation>
    </message>
    <message>
        <source>This film was looked at and not approved.</source>
        <translation>Este video se revisó y no se aprobó.</translation>
    </message>
    <message>
        <source>This is Excel's XML format of 2003, which is not read.</source>
        <translation>Esto está en el formato XML de Excel 2003, que no se lee.</translation>
    </message>
    <message>
        <source>This is a PDF, which is not read.</source>
        <translation>Esto es un PDF, que no se lee.</translation>
    </message>
    <message>
        <source>This is a document in Word's old format, which is not read.</source>
        <translation>Esto es un documento en el formato viejo de Word, que no se lee.</translation>
    </message>
    <message>
        <source>This is a document of Apple's Numbers or Pages, which is not read.</source>
        <translation>Esto es un documento de Numbers o Pages de Apple, que no se lee.</translation>
    </message>
    <message>
        <source>This is a text document of LibreOffice, which is not read.</source>
        <translation>Esto es un documento de texto de LibreOffice, que no se lee.</translation>
    </message>
    <message>
        <source>This is a text in RTF, which is not read.</source>
        <translation>Esto es un texto en RTF, que no se lee.</translation>
    </message>
    <message>
        <source>This is a web page, whatever its name says.</source>
        <translation>Esto es una página web, diga lo que diga su nombre.</translation>
    </message>
    <message>
        <source>This is a workbook in Excel's binary format, which is not read.</source>
        <translation>Esto es un libro en el formato binario de Excel, que no se lee.</translation>
    </message>
    <message>
        <source>This is a workbook in Excel's old format, which is not read.</source>
        <translation>Esto es un libro en el formato viejo de Excel, que no se lee.</translation>
    </message>
    <message>
        <source>This is an archive of a kind that is not opened.</source>
        <translation>Esto es un archivo comprimido de un tipo que no se abre.</translation>
    </message>
    <message>
        <source>This is neither a file nor a folder.</source>
        <translation>Esto no es un archivo ni una carpeta.</translation>
    </message>
    <message>
        <source>This is not a Redis address that Trineo understands.</source>
        <translation>Esta no es una dirección de Redis que Trineo entienda.</translation>
    </message>
    <message>
        <source>This is not a text file: its bytes are no text in any encoding.</source>
        <translation>Este no es un archivo de texto: su contenido no es texto en ninguna codificación.</translation>
    </message>
    <message>
        <source>This is not an object with names and values.</source>
        <translation>Esto no es un objeto con nombres y valores.</translation>
    </message>
    <message>
        <source>This is what Excel keeps beside an open file; it holds no rows.</source>
        <translation>Esto es lo que Excel deja al lado de un archivo abierto; no tiene filas.</translation>
    </message>
    <message>
        <source>This line is no valid JSON.</source>
        <translation>Esta línea no es JSON válido.</translation>
    </message>
    <message>
        <source>This looks like a table, and a text file is spoken word by word.</source>
        <translation>Esto parece una tabla, y un archivo de texto se dice palabra por palabra.</translation>
    </message>
    <message>
        <source>This queue belongs to another program and is only shown here.</source>
        <translation>Esta cola es de otro programa y aquí solo se muestra.</translation>
    </message>
    <message>
        <source>This row may belong to a text above it, whose quotation mark is not closed.</source>
        <translation>Esta fila puede ser parte de un texto de más arriba, con una comilla sin cerrar.</translation>
    </message>
    <message>
        <source>This test cost nothing.</source>
        <translation>Esta prueba no costó nada.</translation>
    </message>
    <message>
        <source>This very row was queued before (row {row} of {file}): it would make the same film again.</source>
        <translation>Esta misma fila ya se puso en la cola (fila {row} de {file}): haría otra vez el mismo video.</translation>
    </message>
    <message>
        <source>Today's budget is used up.</source>
        <translation>Se agotó el presupuesto de hoy.</translation>
    </message>
    <message>
        <source>Top it up before a large batch.</source>
        <translation>Recárguelo antes de un lote grande.</translation>
    </message>
    <message>
        <source>Top it up in your account there.</source>
        <translation>Recárguelo en su cuenta allí.</translation>
    </message>
    <message>
        <source>Top it up in your account there. The films that wait go on by themselves.</source>
        <translation>Recárguelo en su cuenta allí. Los videos que esperan siguen solos.</translation>
    </message>
    <message>
        <source>Try again; if it stays so, choose another voice.</source>
        <translation>Reintente; si sigue igual, elija otra voz.</translation>
    </message>
    <message>
        <source>Type the name of a child.</source>
        <translation>Escriba el nombre de un niño o una niña.</translation>
    </message>
    <message>
        <source>Type the text again as it should be spoken.</source>
        <translation>Escriba de nuevo el texto como se debe decir.</translation>
    </message>
    <message>
        <source>US$</source>
        <translation>US$</translation>
    </message>
    <message>
        <source>Unlock it and have it asked again in Settings, or enter the key again. What needs it waits.</source>
        <translation>Desbloquéelo y haga que se le pregunte otra vez en los ajustes, o ingrese la clave de nuevo. Lo que la necesita espera.</translation>
    </message>
    <message>
        <source>Unpack it and drop the files, or pack them as .zip.</source>
        <translation>Descomprímalo y arrastre los archivos, o empaquételos como .zip.</translation>
    </message>
    <message>
        <source>Unpack it and drop what is in it.</source>
        <translation>Descomprímalo y arrastre lo que tiene adentro.</translation>
    </message>
    <message>
        <source>Use a clip that shows the face all the time, or another way to make the message.</source>
        <translation>Use un clip que muestre la cara todo el tiempo, u otra forma de hacer el mensaje.</translation>
    </message>
    <message>
        <source>Use one of these: {known}.</source>
        <translation>Use uno de estos: {known}.</translation>
    </message>
    <message>
        <source>Use one of these: {names}; or name a folder that holds a template.toml.</source>
        <translation>Use una de estas: {names}; o indique una carpeta con un template.toml.</translation>
    </message>
    <message>
        <source>Use the one that comes with Trineo: take IMAGEIO_FFMPEG_EXE out of the settings; then retry.</source>
        <translation>Use el que viene con Trineo: quite IMAGEIO_FFMPEG_EXE de la configuración y reintente.</translation>
    </message>
    <message>
        <source>Voice and face</source>
        <translation>Voz y rostro</translation>
    </message>
    <message>
        <source>Wait on closing</source>
        <translation>Espera al cerrar</translation>
    </message>
    <message>
        <source>Wait until that is over, then try again.</source>
        <translation>Espere a que termine y pruebe otra vez.</translation>
    </message>
    <message>
        <source>Warnings (WARNING)</source>
        <translation>Advertencias (WARNING)</translation>
    </message>
    <message>
        <source>Wav2Lip</source>
        <translation>Wav2Lip</translation>
    </message>
    <message>
        <source>Wav2Lip can't be run: {reason}.</source>
        <translation>No se puede ejecutar Wav2Lip: {reason}.</translation>
    </message>
    <message>
        <source>Wav2Lip can't work with this speech: there is complete silence in it.</source>
        <translation>Wav2Lip no puede trabajar con esta voz: tiene un silencio absoluto.</translation>
    </message>
    <message>
        <source>Wav2Lip ended without leaving a film.</source>
        <translation>Wav2Lip terminó sin dejar ningún video.</translation>
    </message>
    <message>
        <source>Wav2Lip failed with status {status}.</source>
        <translation>Wav2Lip falló con el estado {status}.</translation>
    </message>
    <message>
        <source>Wav2Lip finds no face in some picture of the template's message clip.</source>
        <translation>Wav2Lip no encuentra la cara en alguna imagen del clip del mensaje de la plantilla.</translation>
    </message>
    <message>
        <source>Wav2Lip got no further for {seconds} seconds and was ended.</source>
        <translation>Wav2Lip no avanzó durante {seconds} segundos y se lo detuvo.</translation>
    </message>
    <message>
        <source>What Higgsfield is told to show. The child's name is not sent.</source>
        <translation>Lo que se le pide a Higgsfield que muestre. El nombre del niño no se envía.</translation>
    </message>
    <message>
        <source>What Sync Labs does when the clip is shorter than the speech.</source>
        <translation>Lo que hace Sync Labs cuando el clip es más corto que lo hablado.</translation>
    </message>
    <message>
        <source>What a second of HeyGen's lip-sync really costs you, in US dollars; empty: the table in resources/prices.toml.</source>
        <translation>Lo que realmente le cuesta un segundo de sincronización de labios de HeyGen, en dólares; vacío: la tabla de resources/prices.toml.</translation>
    </message>
    <message>
        <source>What a second of a HeyGen avatar really costs you, in US dollars; empty: the table in resources/prices.toml.</source>
        <translation>Lo que realmente le cuesta un segundo de avatar de HeyGen, en dólares; vacío: la tabla de resources/prices.toml.</translation>
    </message>
    <message>
        <source>What a second of a Higgsfield clip really costs you, in US dollars; empty: the table in resources/prices.toml.</source>
        <translation>Lo que realmente le cuesta un segundo de clip de Higgsfield, en dólares; vacío: la tabla de resources/prices.toml.</translation>
    </message>
    <message>
        <source>What a second of a Sync Labs clip really costs you, in US dollars; empty: the table in resources/prices.toml.</source>
        <translation>Lo que realmente le cuesta un segundo de clip de Sync Labs, en dólares; vacío: la tabla de resources/prices.toml.</translation>
    </message>
    <message>
        <source>What a thousand ElevenLabs characters really costs you, in US dollars; empty: the table in resources/prices.toml.</source>
        <translation>Lo que realmente le cuestan mil caracteres de ElevenLabs, en dólares; vacío: la tabla de resources/prices.toml.</translation>
    </message>
    <message>
        <source>What happens (INFO)</source>
        <translation>Lo que pasa (INFO)</translation>
    </message>
    <message>
        <source>What is packed in this file would take more than {limit} MB, or is packed so densely that it was made to fill a disk.</source>
        <translation>Lo que hay comprimido en este archivo ocuparía más de {limit} MB, o está tan comprimido que se hizo para llenar un disco.</translation>
    </message>
    <message>
        <source>What it shows</source>
        <translation>Lo que muestra</translation>
    </message>
    <message>
        <source>What the columns mean can't be remembered: {reason}.</source>
        <translation>No se puede recordar qué quiere decir cada columna: {reason}.</translation>
    </message>
    <message>
        <source>When the clip is too short</source>
        <translation>Si el clip es muy corto</translation>
    </message>
    <message>
        <source>Where ElevenLabs is asked; another address for tests.</source>
        <translation>Dónde se consulta a ElevenLabs; otra dirección, para pruebas.</translation>
    </message>
    <message>
        <source>Where HeyGen is asked; another address for tests.</source>
        <translation>Dónde se consulta a HeyGen; otra dirección, para pruebas.</translation>
    </message>
    <message>
        <source>Where Higgsfield is asked; older pages say platform.</source>
        <translation>Dónde se consulta a Higgsfield; páginas más viejas dicen platform.</translation>
    </message>
    <message>
        <source>Where Sync Labs is asked; another address for tests.</source>
        <translation>Dónde se consulta a Sync Labs; otra dirección, para pruebas.</translation>
    </message>
    <message>
        <source>Whether HIGGSFIELD_PATH honours idempotency keys; if not, a lost answer waits for a person.</source>
        <translation>Si HIGGSFIELD_PATH respeta las claves de idempotencia; si no, una respuesta perdida espera a una persona.</translation>
    </message>
    <message>
        <source>Whether HeyGen's lip-sync is quick or careful.</source>
        <translation>Si la sincronización de labios de HeyGen es rápida o cuidadosa.</translation>
    </message>
    <message>
        <source>Whether it knows the avatar shows with the first film.</source>
        <translation>Si conoce el avatar se verá con el primer video.</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>Trabajo</translation>
    </message>
    <message>
        <source>Work goes on by itself when it is back.</source>
        <translation>El trabajo sigue solo cuando vuelva.</translation>
    </message>
    <message>
        <source>Write it as one object with names and values.</source>
        <translation>Escríbalo como un objeto con nombres y valores.</translation>
    </message>
    <message>
        <source>Write it in other letters, or use a template whose font has them.</source>
        <translation>Escríbalo con otras letras, o use una plantilla cuya tipografía los tenga.</translation>
    </message>
    <message>
        <source>Write it out.</source>
        <translation>Escríbalo completo.</translation>
    </message>
    <message>
        <source>Write it with letters, as it is to be spoken.</source>
        <translation>Escríbalo con letras, tal como debe sonar.</translation>
    </message>
    <message>
        <source>Write one of {languages}, or leave the cell empty for {default}.</source>
        <translation>Escriba uno de {languages}, o deje la celda vacía para {default}.</translation>
    </message>
    <message>
        <source>Write one row under the header for each child.</source>
        <translation>Escriba una fila por cada chico debajo del encabezado.</translation>
    </message>
    <message>
        <source>Write one whole object in each line.</source>
        <translation>Escriba un objeto entero en cada línea.</translation>
    </message>
    <message>
        <source>Write redis://host:6379 or rediss://user:password@host:6380, or leave it empty to work on this machine.</source>
        <translation>Escriba redis://host:6379 o rediss://usuario:clave@host:6380, o déjelo vacío para trabajar en este equipo.</translation>
    </message>
    <message>
        <source>Write the words that belong there.</source>
        <translation>Escriba las palabras que van ahí.</translation>
    </message>
    <message>
        <source>Write them again with Rhubarb Lip Sync (-f json), or take the file away.</source>
        <translation>Genérelos de nuevo con Rhubarb Lip Sync (-f json), o quite el archivo.</translation>
    </message>
    <message>
        <source>Write what Santa says under the first lines.</source>
        <translation>Escriba lo que dice Papá Noel debajo de las primeras líneas.</translation>
    </message>
    <message>
        <source>Write “{column}: …” in the first line of the file.</source>
        <translation>Escriba “{column}: …” en la primera línea del archivo.</translation>
    </message>
    <message>
        <source>Your account has no model {model} that speaks.</source>
        <translation>Su cuenta no tiene un modelo {model} que hable.</translation>
    </message>
    <message>
        <source>Your plan allows {slots} calls at once.</source>
        <translation>Su plan permite {slots} llamadas a la vez.</translation>
    </message>
    <message>
        <source>Your price</source>
        <translation>Su precio</translation>
    </message>
    <message>
        <source>Your price for a second</source>
        <translation>Su precio por segundo</translation>
    </message>
    <message>
        <source>Your price for a second of avatar</source>
        <translation>Su precio por segundo de avatar</translation>
    </message>
    <message>
        <source>Your price for a second of lip-sync</source>
        <translation>Su precio por segundo de labios</translation>
    </message>
    <message>
        <source>days</source>
        <translation>días</translation>
    </message>
    <message>
        <source>delete this cell when the row is right</source>
        <translation>borre esta celda cuando la fila esté bien</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>horas</translation>
    </message>
    <message>
        <source>its key holds characters that no key has (ELEVENLABS_API_KEY)</source>
        <translation>su clave tiene caracteres que ninguna clave tiene (ELEVENLABS_API_KEY)</translation>
    </message>
    <message>
        <source>its library is not installed</source>
        <translation>su biblioteca no está instalada</translation>
    </message>
    <message>
        <source>no Python was found that runs it (WAV2LIP_PYTHON)</source>
        <translation>no se encontró ningún Python que lo ejecute (WAV2LIP_PYTHON)</translation>
    </message>
    <message>
        <source>no voice is chosen (PAPA_NOEL_VOICE_ID_ELEVENLABS)</source>
        <translation>no se eligió ninguna voz (PAPA_NOEL_VOICE_ID_ELEVENLABS)</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>segundos</translation>
    </message>
    <message>
        <source>switched off (DISABLE_ESPEAK)</source>
        <translation>está desactivada (DISABLE_ESPEAK)</translation>
    </message>
    <message>
        <source>the model file that WAV2LIP_CHECKPOINT names is not there</source>
        <translation>no está el archivo del modelo que indica WAV2LIP_CHECKPOINT</translation>
    </message>
    <message>
        <source>there is no inference.py in the folder that WAV2LIP_REPO_PATH names</source>
        <translation>no hay ningún inference.py en la carpeta que indica WAV2LIP_REPO_PATH</translation>
    </message>
    <message>
        <source>what is wrong</source>
        <translation>qué está mal</translation>
    </message>
    <message>
        <source>what to do</source>
        <translation>qué hacer</translation>
    </message>
    <message>
        <source>where from</source>
        <translation>de dónde</translation>
    </message>
    <message>
        <source>{count} films wait, and no program makes any.</source>
        <translation>Esperan {count} videos y ningún programa los está haciendo.</translation>
    </message>
    <message>
        <source>{count} films wait, the first of them for {minutes} minutes.</source>
        <translation>Esperan {count} videos; el primero, desde hace {minutes} minutos.</translation>
    </message>
    <message>
        <source>{count} films wait.</source>
        <translation>Esperan {count} videos.</translation>
    </message>
    <message>
        <source>{count} programs make films.</source>
        <translation>{count} programas están haciendo videos.</translation>
    </message>
    <message>
        <source>{count} things in this folder are not read: {names}</source>
        <translation>{count} cosas de esta carpeta no se leen: {names}</translation>
    </message>
    <message>
        <source>{file} has {name}, which is no setting.</source>
        <translation>{file} contiene {name}, que no es un ajuste.</translation>
    </message>
    <message>
        <source>{file} is one of the files that were read: it would be overwritten.</source>
        <translation>{file} es uno de los archivos que se leyeron: quedaría sobrescrito.</translation>
    </message>
    <message>
        <source>{gigabytes} GB are free.</source>
        <translation>Hay {gigabytes} GB libres.</translation>
    </message>
    <message>
        <source>{name} is set outside of Trineo; that counts before whatever is set here.</source>
        <translation>{name} está definido fuera de Trineo; eso vale antes que lo que se defina aquí.</translation>
    </message>
    <message>
        <source>{name} stays as it was. {reason}</source>
        <translation>{name} queda como estaba. {reason}</translation>
    </message>
    <message>
        <source>{provider} can't be reached: {reason}.</source>
        <translation>No se puede llegar a {provider}: {reason}.</translation>
    </message>
    <message>
        <source>{provider} can't say what became of an earlier request for this film.</source>
        <translation>{provider} no sabe decir qué pasó con un pedido anterior para este video.</translation>
    </message>
    <message>
        <source>{provider} could not make the clip ({reason}).</source>
        <translation>{provider} no pudo hacer el clip ({reason}).</translation>
    </message>
    <message>
        <source>{provider} does not know the clip any more that it was asked to make.</source>
        <translation>{provider} ya no conoce el clip que se le pidió.</translation>
    </message>
    <message>
        <source>{provider} does not know what {setting} names.</source>
        <translation>{provider} no conoce lo que indica {setting}.</translation>
    </message>
    <message>
        <source>{provider} does not take this message ({reason}).</source>
        <translation>{provider} no acepta este mensaje ({reason}).</translation>
    </message>
    <message>
        <source>{provider} failed again and again ({reason}) and is left alone for a while.</source>
        <translation>{provider} falló una y otra vez ({reason}) y se lo deja en paz un rato.</translation>
    </message>
    <message>
        <source>{provider} has not finished the clip after {minutes} minutes.</source>
        <translation>{provider} no terminó el clip después de {minutes} minutos.</translation>
    </message>
    <message>
        <source>{provider} has trouble of its own ({reason}).</source>
        <translation>{provider} tiene un problema propio ({reason}).</translation>
    </message>
    <message>
        <source>{provider} made a clip of {seconds} seconds for {wanted} seconds of speech.</source>
        <translation>{provider} hizo un clip de {seconds} segundos para {wanted} segundos de voz.</translation>
    </message>
    <message>
        <source>{provider} refuses the key.</source>
        <translation>{provider} rechaza la clave.</translation>
    </message>
    <message>
        <source>{provider} sent something that can't be used: {reason}.</source>
        <translation>{provider} envió algo que no se puede usar: {reason}.</translation>
    </message>
    <message>
        <source>{provider} takes no more requests at the moment.</source>
        <translation>{provider} no acepta más pedidos por ahora.</translation>
    </message>
    <message>
        <source>{provider} tells of a state that Trineo does not know: {state}.</source>
        <translation>{provider} informa un estado que Trineo no conoce: {state}.</translation>
    </message>
    <message>
        <source>{provider} was asked and its answer never came.</source>
        <translation>Se le pidió a {provider} y la respuesta no llegó nunca.</translation>
    </message>
    <message>
        <source>{provider} was asked and its answer never came: it may have charged for this ({dollars} US$) already.</source>
        <translation>Se le pidió a {provider} y la respuesta no llegó nunca: puede que ya lo haya cobrado ({dollars} US$).</translation>
    </message>
    <message>
        <source>{provider} was asked, and something else answered: {setting} is wrong, or this network wants a login first.</source>
        <translation>Se le preguntó a {provider} y respondió otra cosa: {setting} está mal, o esta red pide antes iniciar sesión.</translation>
    </message>
    <message>
        <source>“{column}” has {length} characters; the limit is {limit}.</source>
        <translation>“{column}” tiene {length} caracteres; el límite es {limit}.</translation>
    </message>
    <message>
        <source>“{column}” held control characters, or marks that turn the reading direction; they were taken out.</source>
        <translation>“{column}” tenía caracteres de control, o marcas que invierten la lectura; se quitaron.</translation>
    </message>
    <message>
        <source>“{column}” held marks of a web page or of a speech program (such as &lt;b&gt; or &amp;amp;); they were taken out.</source>
        <translation>«{column}» tenía marcas de una página web o de un programa de voz (como &lt;b&gt; o &amp;amp;); se quitaron.</translation>
    </message>
    <message>
        <source>“{column}” holds the sign for letters that got lost on the way here (�).</source>
        <translation>«{column}» tiene el signo de las letras que se perdieron en el camino (�).</translation>
    </message>
    <message>
        <source>“{column}” is empty.</source>
        <translation>“{column}” está vacío.</translation>
    </message>
    <message>
        <source>“{column}” says “{word}”, which is on the list of what Santa doesn't say.</source>
        <translation>«{column}» dice «{word}», que está en la lista de lo que Papá Noel no dice.</translation>
    </message>
    <message>
        <source>“{column}” shows a spreadsheet's error in place of a text.</source>
        <translation>«{column}» muestra un error de la planilla en lugar de un texto.</translation>
    </message>
    <message>
        <source>“{column}” stands on the picture, and no font here can draw this in it: {letters}. The film would fail.</source>
        <translation>“{column}” aparece sobre la imagen y ninguna letra de las que hay aquí puede dibujar esto: {letters}. El video fallaría.</translation>
    </message>
    <message>
        <source>“{column}” still holds a placeholder that nobody filled in, such as {{nombre}}.</source>
        <translation>«{column}» todavía tiene un hueco que nadie completó, como {{nombre}}.</translation>
    </message>
    <message>
        <source>“{language}” is no language's code.</source>
        <translation>“{language}” no es el código de ningún idioma.</translation>
    </message>
</context>
<context>
    <name>settings</name>
    <message>
        <source>No</source>
        <translation>No</translation>
    </message>
    <message>
        <source>Not set</source>
        <translation>Sin definir</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Sí</translation>
    </message>
    <message>
        <source>as it comes</source>
        <translation>como viene de origen</translation>
    </message>
    <message>
        <source>counts after a restart</source>
        <translation>vale al volver a abrir</translation>
    </message>
    <message>
        <source>counts at once</source>
        <translation>vale enseguida</translation>
    </message>
    <message>
        <source>counts from the next film on</source>
        <translation>vale desde el próximo video</translation>
    </message>
    <message>
        <source>in settings.toml: whoever reads that file can read it</source>
        <translation>en settings.toml: quien lea ese archivo puede leerla</translation>
    </message>
    <message>
        <source>kept in a file in your user's folder</source>
        <translation>guardada en un archivo de la carpeta de su usuario</translation>
    </message>
    <message>
        <source>kept in a file that only you can read</source>
        <translation>guardada en un archivo que solo usted puede leer</translation>
    </message>
    <message>
        <source>kept in the system's keyring</source>
        <translation>guardada en el llavero del sistema</translation>
    </message>
    <message>
        <source>set here</source>
        <translation>definido aquí</translation>
    </message>
    <message>
        <source>set in the environment</source>
        <translation>definido en el entorno</translation>
    </message>
    <message>
        <source>set when Trineo was started</source>
        <translation>definido al abrir Trineo</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message numerus="yes">
        <source>%Ln min</source>
        <translation><numerusform>%Ln min</numerusform><numerusform>%Ln min</numerusform></translation>
    </message>
    <message>
        <source>Being made</source>
        <translation>En curso</translation>
    </message>
    <message>
        <source>Best available</source>
        <translation>La mejor posible</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Cancelado</translation>
    </message>
    <message>
        <source>Checking the film</source>
        <translation>Revisando el video</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Listo</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Falló</translation>
    </message>
    <message>
        <source>Held up</source>
        <translation>Detenido</translation>
    </message>
    <message>
        <source>Lip-sync</source>
        <translation>Sincronización labial</translation>
    </message>
    <message>
        <source>Making Santa talk</source>
        <translation>Haciendo hablar a Papá Noel</translation>
    </message>
    <message>
        <source>Making the picture</source>
        <translation>Haciendo la imagen</translation>
    </message>
    <message>
        <source>Mixing the sound</source>
        <translation>Mezclando el sonido</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>En pausa</translation>
    </message>
    <message>
        <source>Putting it together</source>
        <translation>Armando el video</translation>
    </message>
    <message>
        <source>Saving the film</source>
        <translation>Guardando el video</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Programado</translation>
    </message>
    <message>
        <source>Speaking the text</source>
        <translation>Diciendo el texto</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Empezando</translation>
    </message>
    <message>
        <source>Talking avatar</source>
        <translation>Avatar parlante</translation>
    </message>
    <message>
        <source>To review</source>
        <translation>Para revisar</translation>
    </message>
    <message>
        <source>Voice-over</source>
        <translation>Voz en off</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>En espera</translation>
    </message>
    <message>
        <source>Will try again</source>
        <translation>Se reintentará</translation>
    </message>
    <message>
        <source>under a minute</source>
        <translation>menos de un minuto</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days} d {hours} h</translation>
    </message>
    <message>
        <source>{file} · row {row}</source>
        <translation>{file} · fila {row}</translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{strategy} · film of {length}</source>
        <translation>{strategy} · video de {length}</translation>
    </message>
</context>
</TS>
