namespace ComposeLab.Api.Tests.Support;

/// <summary>The lab in its dev profile.</summary>
public sealed class DevLab() : RunningLab("dev");
