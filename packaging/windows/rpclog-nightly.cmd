@echo off
rem SPDX-License-Identifier: MIT
rem What the task rpclog-nightly.xml runs: loads the logs of this server, mails
rem the report of yesterday by the Pickup folder, writes page and metrics.
rem rpclog-nightly(7) tells more.  Ends with 0, 3 (no data) or 2 (trouble).

setlocal
set "RPCLOG=%ProgramFiles%\rpclog\rpclog.exe"
set "STATE=%ProgramData%\rpclog"
set "LOGS=%ExchangeInstallPath%Logging\HttpProxy"
set "PICKUP=%ExchangeInstallPath%TransportRoles\Pickup"
set "ZONE=local"
set "KEEP=90d"
set "MAIL_TO="
set "MAIL_FROM="
set "HTML_FILE="
set "METRICS_FILE="

rem Settings that differ: lines such as  set "MAIL_TO=it@example.com"
if exist "%STATE%\settings.cmd" call "%STATE%\settings.cmd"
if not exist "%STATE%\" mkdir "%STATE%"
set "DB=%STATE%\rpclog.db"
set "OUTCOME=0"

"%RPCLOG%" load -q -d "%DB%" --prune %KEEP% "%LOGS%"
if errorlevel 1 set "OUTCOME=2"

if defined MAIL_TO call :mail
if defined HTML_FILE call :report html --output "%HTML_FILE%"
if defined METRICS_FILE call :report prom --output "%METRICS_FILE%"
exit /b %OUTCOME%

rem :report FORMAT OPTIONS: 0 if there is one
:report
"%RPCLOG%" report -d "%DB%" --day yesterday --tz "%ZONE%" --format %*
if %errorlevel% equ 0 exit /b 0
if %errorlevel% equ 3 (
	if %OUTCOME% equ 0 set "OUTCOME=3"
	exit /b 0
)
set "OUTCOME=2"
exit /b 2

rem Exchange takes *.eml as soon as it sees them: the name comes last.
:mail
set "DRAFT=rpclog-%RANDOM%%RANDOM%"
call :report mail --crlf --to "%MAIL_TO%" --from "%MAIL_FROM%" --output "%PICKUP%\%DRAFT%.tmp"
if errorlevel 1 (
	del /q "%PICKUP%\%DRAFT%.tmp" 2>nul
	exit /b 2
)
ren "%PICKUP%\%DRAFT%.tmp" "%DRAFT%.eml"
if errorlevel 1 set "OUTCOME=2"
exit /b 0
