; Inno Setup 6: iscc /DVersion=0.1.0 packaging\windows\trineo.iss   (packaging/package.sh does so)
; For one user, without an administrator. Removing it keeps the films, and asks about the queue, settings and caches.
; Saved as UTF-8 with a mark at the start, as Inno Setup wants it.

#ifndef Version
  #error Say which: /DVersion=…
#endif

[Setup]
AppId={{6E2B62F4-0C0B-4B55-9C53-7B1B6E5C7A11}
AppName=Trineo
AppVersion={#Version}
AppVerName=Trineo {#Version}
AppPublisher=Trineo
DefaultDirName={localappdata}\Programs\Trineo
DefaultGroupName=Trineo
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=Trineo-{#Version}-windows-x64
LicenseFile=LICENSE
SetupIconFile=build\work\pyinstaller\made\icons\trineo.ico
UninstallDisplayIcon={app}\trineo.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
ChangesAssociations=yes
; signed when a certificate is at hand: iscc "/Ssigntool=signtool sign /fd sha256 /tr http://timestamp.digicert.com /td sha256 $f" /DSigned
#ifdef Signed
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
es.DesktopIcon=Un ícono en el escritorio
en.DesktopIcon=An icon on the desktop
es.StartNow=Abrir Trineo
en.StartNow=Open Trineo
es.DropData=¿Quitar también la cola, los ajustes y lo guardado de Trineo?%n%nLos videos terminados se quedan donde están en todo caso.
en.DropData=Remove Trineo's queue, settings and caches, too?%n%nThe finished films stay where they are in any case.

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; nothing of an older version stays among the new files
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "build\dist\trineo\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\Trineo"; Filename: "{app}\trineo.exe"
Name: "{userdesktop}\Trineo"; Filename: "{app}\trineo.exe"; Tasks: desktopicon

[Registry]
Root: HKCU; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\trineo.exe"; ValueType: string; ValueData: "{app}\trineo.exe"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Applications\trineo.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Trineo"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Applications\trineo.exe\shell\open\command"; ValueType: string; ValueData: """{app}\trineo.exe"" ""%1"""
#define OpenWith(str Ending) 'Root: HKCU; Subkey: "Software\Classes\Applications\trineo.exe\SupportedTypes"; ValueType: string; ValueName: "' + Ending + '"; ValueData: ""'
#emit OpenWith(".csv")
#emit OpenWith(".tsv")
#emit OpenWith(".xlsx")
#emit OpenWith(".ods")
#emit OpenWith(".json")
#emit OpenWith(".jsonl")
#emit OpenWith(".txt")
#emit OpenWith(".md")
#emit OpenWith(".docx")
#emit OpenWith(".zip")

[Run]
Filename: "{app}\trineo.exe"; Description: "{cm:StartNow}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
var
  Data: String;
begin
  if Step <> usPostUninstall then
    exit;
  Data := ExpandConstant('{localappdata}\Trineo');
  if DirExists(Data) and not UninstallSilent then
    if MsgBox(CustomMessage('DropData'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(Data, True, True, True);
end;
