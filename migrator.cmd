@echo off
rem Starts the migration toolkit, building it first when its jars are missing.
rem Needs a JDK of version 17 or later, found through JAVA_HOME or the PATH. Works from any folder.
setlocal
set "HOME_DIR=%~dp0"
if defined JAVA_HOME (set "JAVA=%JAVA_HOME%\bin\java.exe") else (set "JAVA=java.exe")
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo CM-311 No Java was found. 1>&2
  echo   Neither JAVA_HOME nor the PATH leads to one. 1>&2
  echo Fix: Install a JDK of version 17 or later and set JAVA_HOME. 1>&2
  exit /b 3
)
set "DIST=%HOME_DIR%migrator-cli\target\dist"
powershell -NoProfile -Command "$s='%DIST%\built'; if (!(Test-Path $s)) {exit 1}; $t=(Get-Item $s).LastWriteTimeUtc; $n=Get-ChildItem -Path '%HOME_DIR%' -Recurse -File -Include *.java,pom.xml,*.yml,*.sql | Where-Object {$_.FullName -notmatch '\\target\\|\\src\\test\\' -and $_.LastWriteTimeUtc -gt $t} | Select-Object -First 1; if ($n) {exit 1}"
if errorlevel 1 (
  echo Building the toolkit ^(once^)... 1>&2
  pushd "%HOME_DIR%"
  call mvnw.cmd -q -B -ntp -pl migrator-cli -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Denforcer.skip=true -Dsort.skip=true -Djacoco.skip=true 1>&2
  if errorlevel 1 (
    popd
    echo The toolkit could not be built; Maven's output is above. 1>&2
    exit /b 3
  )
  popd
  type nul > "%DIST%\built"
)
for %%J in ("%DIST%\migrator-cli-*.jar") do set "JAR=%%J"
set "TERMINAL=true"
set "HEAP="
if "%~1"=="migrate" set "HEAP=-Xms32m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
if "%~1"=="validate" set "HEAP=-Xms32m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
if "%~1"=="rollback" set "HEAP=-Xms32m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40"
"%JAVA%" -XX:+UseSerialGC %HEAP% %MIGRATOR_JAVA_OPTS% "-Dmigrator.cwd=%CD%" -Dmigrator.terminal=%TERMINAL% -jar "%JAR%" %*
exit /b %ERRORLEVEL%
