@echo off
rem Sets the atlas up beside this file, without the internet, and starts it. What stands
rem behind goes to "atlas serve": start.bat --port 8600 --address 127.0.0.1
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
if not defined VENV set "VENV=%HERE%venv"
if exist "%VENV%\installed-@VERSION@" goto serve

set "FITS=import sys; sys.exit(sys.maxsize < 2**32 or '%%d.%%d' %% sys.version_info[:2] not in '@PYTHONS@'.split())"
if defined PYTHON goto check
for %%v in (@PYTHONS@) do if not defined PYTHON py -%%v -c "%FITS%" >nul 2>nul && set "PYTHON=py -%%v"
if not defined PYTHON set "PYTHON=python"
:check
%PYTHON% -c "%FITS%" >nul 2>nul
if errorlevel 1 (
  echo 本图集需要64位Python（@PYTHONS@之一），请先安装：https://www.python.org/downloads/windows/
  echo The atlas needs a 64-bit Python, one of @PYTHONS@; install it first from the address above.
  exit /b 1
)
echo 首次启动，正在安装，需要几分钟……
echo Setting up, for the first start only: some minutes ...
%PYTHON% -m venv --clear --without-pip "%VENV%" || exit /b 1
set "PYTHONPATH=%HERE%wheels\@PIP@"
"%VENV%\Scripts\python.exe" -m pip install --quiet --no-index --no-deps "%HERE%wheels\@PIP@" || exit /b 1
set "PYTHONPATH="
"%VENV%\Scripts\python.exe" -m pip install --quiet --no-index --find-links "%HERE%wheels" --require-hashes -r "%HERE%requirements.lock" || exit /b 1
"%VENV%\Scripts\python.exe" -m hebei_programme_atlas prepare || exit /b 1
type nul > "%VENV%\installed-@VERSION@"

:serve
"%VENV%\Scripts\python.exe" -m hebei_programme_atlas serve %*
