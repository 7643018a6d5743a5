@echo off
rem Runs Maven 3.9 on a JDK that is new enough. See mvnw, which does the same, for the reasons.
setlocal

for /f "tokens=3 delims=<>" %%v in ('findstr "<maven.compiler.release>" "%~dp0pom.xml"') do set "release=%%v"
call :suits "%JAVA_HOME%"
if not errorlevel 1 goto maven
for /d %%d in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%USERPROFILE%\.jdks\*") do (
  call :suits "%%~d" && set "JAVA_HOME=%%~d"
)

:maven
for /f "usebackq eol=# tokens=1,* delims==" %%a in ("%~dp0.mvn\wrapper\maven-wrapper.properties") do set "%%a=%%b"
for %%f in ("%distributionUrl:/=\%") do set "archive=%%~nxf"
set "name=%archive:-bin.zip=%"
set "version=%name:apache-maven-=%"
if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "dists=%MAVEN_USER_HOME%\wrapper\dists\%name%"

set "mvn="
for /d %%d in ("%dists%\*") do if exist "%%d\bin\mvn.cmd" set "mvn=%%d\bin\mvn.cmd"
if defined mvn goto run

where mvn >nul 2>nul
if errorlevel 1 goto fetch
set "installed="
for /f "tokens=3" %%v in ('mvn --version 2^>nul ^| findstr /c:"Apache Maven"') do set "installed=%%v"
for /f "tokens=1,2 delims=." %%a in ("%installed%") do if "%%a"=="3" if %%b geq 9 set "mvn=mvn"
if defined mvn goto run

:fetch
set "work=%dists%\.fetch-%RANDOM%%RANDOM%"
mkdir "%work%" || exit /b 1
pushd "%work%"
where mvn >nul 2>nul
if errorlevel 1 (
  powershell -NoProfile -Command "$ErrorActionPreference='Stop'; $ProgressPreference='SilentlyContinue'; [Net.ServicePointManager]::SecurityProtocol='Tls12'; Invoke-WebRequest -UseBasicParsing $env:distributionUrl -OutFile $env:archive"
) else (
  call mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy "-Dartifact=org.apache.maven:apache-maven:%version%:zip:bin" "-DoutputDirectory=."
)
if errorlevel 1 goto failed
powershell -NoProfile -Command "$ErrorActionPreference='Stop'; if ((Get-FileHash $env:archive -Algorithm SHA256).Hash -ne $env:distributionSha256Sum) { throw \"$env:archive does not have the pinned SHA-256\" }; Expand-Archive $env:archive ."
if errorlevel 1 goto failed
rem Where another run was faster, its directory is as good; move would put ours into it.
if not exist "..\%distributionSha256Sum%\" move "%name%" "..\%distributionSha256Sum%" >nul 2>nul
popd
rmdir /s /q "%work%"
set "mvn=%dists%\%distributionSha256Sum%\bin\mvn.cmd"
if not exist "%mvn%" (
  echo mvnw: could not install Maven %version% under %dists% 1>&2
  exit /b 1
)

:run
call "%mvn%" %*
exit /b %errorlevel%

:failed
popd
rmdir /s /q "%work%"
echo mvnw: could not fetch Maven %version% 1>&2
exit /b 1

rem Whether there is a JDK at %1 that is new enough.
:suits
set "feature=0"
for /f tokens^=2^ delims^=^=^". %%v in ('findstr /b "JAVA_VERSION=" "%~1\release" 2^>nul') do set "feature=%%v"
if %feature% geq %release% exit /b 0
exit /b 1
