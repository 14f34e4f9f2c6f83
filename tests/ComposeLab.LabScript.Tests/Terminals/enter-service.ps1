# Enters a service at the terminal and prints the result of the command.
param([string]$ProjectName)
"before=$(stty -g)"
Enter-LabService box -ProjectName $ProjectName -Verbose
$code = $LASTEXITCODE
"after=$(stty -g)"
"code=$code"
