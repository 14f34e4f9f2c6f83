# Waits until a condition holds, and fails when it never does. The condition runs in this runspace.
function Wait-Until {
    param(
        [Parameter(Mandatory)] [scriptblock]$Condition,
        [int]$Seconds = 60
    )

    if (-not [Threading.SpinWait]::SpinUntil([Func[bool]] { [bool](& $Condition) }, [TimeSpan]::FromSeconds($Seconds))) {
        throw "Waited $Seconds s in vain for: $Condition"
    }
}
