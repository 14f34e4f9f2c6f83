# Discovers every file, then runs it, with Pester's scopes: a block's BeforeAll lives in the block's scope; a test with its
# BeforeEach and AfterEach in one scope below. The names begin with four underscores, so that no spec meets them.
param($____SpecRun, $____files)

foreach ($____file in $____files) {
    $____SpecRun.BeginFile($____file)
    $____fault = $null
    try {
        $null = & $____file
    }
    catch {
        $____fault = $_
    }
    $____SpecRun.EndFile($____fault)
}

$____runTest = {
    param($____test)
    if (-not $____test.Skip) {
        & {
            $____splat = $____test.Splat
            try {
                foreach ($____entry in $____test.Variables.GetEnumerator()) {
                    $ExecutionContext.SessionState.PSVariable.Set($____entry.Key, $____entry.Value)
                }
                foreach ($____setup in $____test.Setups) {
                    $null = . $____setup @____splat
                }
                $____test.Expand((& $____test.NameScript))
                do {
                    $null = . $____test.Body @____splat
                } while ($false)
            }
            catch {
                $____test.Errors.Add($_)
            }
            finally {
                foreach ($____teardown in $____test.Teardowns) {
                    try {
                        $null = . $____teardown @____splat
                    }
                    catch {
                        $____test.Errors.Add($_)
                    }
                }
            }
        }
    }
    $____SpecRun.Finish($____test)
}

$____runBlock = {
    param($____block)
    if (-not $____block.HasTests) {
        return
    }
    $____SpecRun.Drive.Enter($ExecutionContext.SessionState, $____block)
    $____splat = $____block.Splat
    try {
        foreach ($____entry in $____block.Variables.GetEnumerator()) {
            $ExecutionContext.SessionState.PSVariable.Set($____entry.Key, $____entry.Value)
        }
        if (-not $____block.Skip -and $____block.BeforeAll) {
            $null = . $____block.BeforeAll @____splat
        }
        if (-not $____block.IsRoot) {
            $____block.Expand((& $____block.NameScript))
        }
        & {
            foreach ($____item in $____block.Items) {
                if ($____item.IsTest) {
                    & $____runTest $____item
                }
                else {
                    & $____runBlock $____item
                }
            }
        }
    }
    catch {
        $____block.Errors.Add($_)
    }
    finally {
        if (-not $____block.Skip -and $____block.AfterAll) {
            try {
                $null = . $____block.AfterAll @____splat
            }
            catch {
                $____block.Errors.Add($_)
            }
        }
        $____SpecRun.Drive.Leave($ExecutionContext.SessionState, $____block)
    }
    $____SpecRun.Finish($____block)
}

foreach ($____root in $____SpecRun.Files) {
    & $____runBlock $____root
}
