@echo off
rem Runs Tiepoint's command line from a checkout and builds it on first use.
rem After a change of the sources build with: mvnw -DskipTests package
setlocal
set "ROOT=%~dp0"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "CLASSPATH_FILE=%ROOT%tiepoint-cli\target\classpath"
if exist "%CLASSPATH_FILE%" goto run
where /q "%JAVA%.exe" 2>nul || if not exist "%JAVA%.exe" (
    echo tiepoint: no Java found: install a JDK of version 17 or newer and set JAVA_HOME 1>&2
    exit /b 1
)
if not exist "%ROOT%.tiepoint" mkdir "%ROOT%.tiepoint"
echo Building Tiepoint; the first time downloads its libraries (log: %ROOT%.tiepoint\build.log) 1>&2
pushd "%ROOT%"
call mvnw.cmd -B -DskipTests %TIEPOINT_BUILD_OPTIONS% package > .tiepoint\build.log 2>&1
set "BUILT=%ERRORLEVEL%"
popd
if not "%BUILT%"=="0" (
    findstr /b "[ERROR]" "%ROOT%.tiepoint\build.log" 1>&2
    echo tiepoint: the build failed; the whole log is in %ROOT%.tiepoint\build.log 1>&2
    exit /b 1
)
:run
rem The class path is longer than a command line may be, so Java reads it from an argument file.
powershell -NoProfile -Command "$cp = (Get-Content -Raw '%CLASSPATH_FILE%').Trim() + ';%ROOT%tiepoint-cli\target\classes'; Set-Content -Encoding ascii '%ROOT%.tiepoint\arguments' ('-cp \"' + $cp.Replace('\','\\') + '\"')"
if not defined OPENCV_LOG_LEVEL set "OPENCV_LOG_LEVEL=SILENT"
if not defined ORT_DISABLE_TELEMETRY set "ORT_DISABLE_TELEMETRY=1"
set "TUNING="
if "%~1"=="match" set "TUNING=-XX:TieredStopAtLevel=1"
if "%~1"=="extract" set "TUNING=-Xmn256m"
"%JAVA%" %TUNING% -XX:+UseParallelGC -Dfile.encoding=UTF-8 -Djava.awt.headless=true --enable-native-access=ALL-UNNAMED -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 %JAVA_OPTS% "@%ROOT%.tiepoint\arguments" org.tiepoint.cli.Tiepoint %*
exit /b %ERRORLEVEL%
