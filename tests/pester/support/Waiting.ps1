# Checks a condition ten times a second, and fails if it is never true. The condition runs in this runspace.
function Wait-Until {
    param(
        [Parameter(Mandatory)] [scriptblock]$Condition,
        [int]$Seconds = 60
    )

    $clock = [Diagnostics.Stopwatch]::StartNew()
    $never = [Threading.ManualResetEvent]::new($false)
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) {
            throw "Expected this to become true within $Seconds s: $Condition"
        }
        $null = $never.WaitOne(100)
    }
}
