using System.Text.Json.Serialization;

namespace ComposeLab.Engine.Images.Memory;

/// <summary>Reads and writes remembered builds without the cost of reflection at the first one.</summary>
[JsonSerializable(typeof(RememberedBuild))]
internal sealed partial class RememberedBuildJson : JsonSerializerContext;
