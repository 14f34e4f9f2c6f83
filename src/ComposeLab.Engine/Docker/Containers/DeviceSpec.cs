namespace ComposeLab.Engine.Docker;

/// <summary>A device of the host inside a container.</summary>
/// <param name="HostPath">The device on the host.</param>
/// <param name="ContainerPath">Where it appears inside.</param>
/// <param name="Permissions">Any of <c>r</c>, <c>w</c>, <c>m</c>.</param>
public sealed record DeviceSpec(string HostPath, string ContainerPath, string Permissions);
