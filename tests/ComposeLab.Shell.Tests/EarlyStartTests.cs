using ComposeLab.Shell.Hosting;

namespace ComposeLab.Shell.Tests;

public sealed class EarlyStartTests
{
    [Fact]
    public void The_engine_compiles_a_script_before_there_is_a_session() =>
        Assert.Null(Record.Exception(EarlyStart.CompileScript));
}
