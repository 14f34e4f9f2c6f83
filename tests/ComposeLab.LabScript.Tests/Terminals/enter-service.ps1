# Enters a service at the terminal and says what the command left behind.
param([string]$ProjectName)
"before=$(stty -g)"
Enter-LabService box -ProjectName $ProjectName -Verbose
$code = $LASTEXITCODE
"after=$(stty -g)"
"code=$code"
