using System.Text.Json;
using System.Text.Json.Serialization;
using ComposeLab.Api.Database;

namespace ComposeLab.Api.Endpoints;

/// <summary>Serialises the answers by generated code: the native program has no reflection to do it with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiMessage))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(DatabaseStatus))]
internal sealed partial class ApiJson : JsonSerializerContext;
