using ComposeLab.Engine.Docker;

namespace ComposeLab.Engine.Tests.Docker;

public sealed class EngineRefusalTests
{
    [Theory]
    [InlineData(400, "OCI runtime create failed: runc create failed: unable to start container process: exec: \"nosuch\": executable file not found in $PATH: unknown", EngineErrorId.ProgramNotFound)]
    [InlineData(400, "failed to create task for container: OCI runtime create failed: exec: \"/app/run\": permission denied: unknown", EngineErrorId.ProgramNotFound)]
    [InlineData(400, "OCI runtime create failed: exec: \"/no/such\": stat /no/such: no such file or directory: unknown", EngineErrorId.ProgramNotFound)]
    [InlineData(400, "No command specified", EngineErrorId.CommandMissing)]
    [InlineData(400, "unable to find user nosuch: no matching entries in passwd file", EngineErrorId.UserNotFound)]
    [InlineData(400, "unable to find group nosuch: no matching entries in group file", EngineErrorId.UserNotFound)]
    [InlineData(500, "error gathering device information while adding custom device \"/dev/nosuch\": no such file or directory", EngineErrorId.DeviceNotFound)]
    [InlineData(500, "could not select device driver \"nvidia\" with capabilities: [[gpu]]", EngineErrorId.DeviceNotFound)]
    [InlineData(400, "invalid mount config for type \"bind\": bind source path does not exist: /nope", EngineErrorId.BindSourceMissing)]
    [InlineData(404, "network shop_default not found", EngineErrorId.NetworkNotFound)]
    [InlineData(500, "driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:8080 failed: port is already allocated", EngineErrorId.PortAlreadyAllocated)]
    [InlineData(500, "driver failed programming external connectivity: listen tcp4 0.0.0.0:8080: bind: address already in use", EngineErrorId.PortAlreadyAllocated)]
    [InlineData(409, "Conflict. The container name \"/web\" is already in use by container \"abc\". You have to remove (or rename) that container to be able to reuse that name.", EngineErrorId.ContainerNameInUse)]
    [InlineData(500, "write /var/lib/docker/tmp/x: no space left on device", EngineErrorId.DiskFull)]
    [InlineData(404, "No such image: nosuch:1", EngineErrorId.ImageNotFound)]
    [InlineData(500, "Error processing tar file(exit status 1): invalid symlink \"/tmp/dir/up\" -> \"../..\"", EngineErrorId.ArchiveUnsafe)]
    public void Messages_of_engines_are_classified_by_cause(int status, string said, EngineErrorId id) => Assert.Equal(id, EngineRefusal.Of(status, said)?.Id);

    [Theory]
    [InlineData(404, "No such container: web")]
    [InlineData(409, "removal of container web is already in progress")]
    [InlineData(500, "something else")]
    public void Other_messages_are_not_classified(int status, string said) => Assert.Null(EngineRefusal.Of(status, said));

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    public void The_log_of_the_engine_is_not_recommended_for_a_rejected_value(int status) =>
        Assert.DoesNotContain("log", EngineFault.Refused(status, """{"message":"Invalid signal: NOPE"}""", "KillContainerAsync", null).Recommendation, StringComparison.Ordinal);

    [Fact]
    public void An_error_of_unknown_cause_contains_the_call()
    {
        EngineException fault = EngineFault.Refused(500, """{"message":"something else"}""", "CreateContainerAsync", null);

        Assert.Equal(EngineErrorId.EngineRefused, fault.Id);
        Assert.Contains("create container", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("npipe:////./pipe/docker_engine")]
    [InlineData("unix:///a.sock,unix:///b.sock")]
    [InlineData("tcp://one:2375 tcp://two:2375")]
    [InlineData("   ")]
    [InlineData("unix://")]
    [InlineData("tcp://")]
    [InlineData("gopher://host:1")]
    public void An_invalid_address_is_one_clear_error(string host)
    {
        var fault = Assert.Throws<EngineException>(() => EngineEndpoint.Resolve(new Dictionary<string, string> { ["DOCKER_HOST"] = host }));

        Assert.Equal(EngineErrorId.EngineUnreachable, fault.Id);
        Assert.Contains("DOCKER_HOST", fault.Message, StringComparison.Ordinal);
    }
}
