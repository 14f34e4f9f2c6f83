using System.Text.Json;
using System.Text.Json.Serialization;
using ComposeLab.Api.Database;

namespace ComposeLab.Api.Endpoints;

/// <summary>Serializes the answers with generated code, because the native program has no reflection.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiMessage))]
[JsonSerializable(typeof(Liveness))]
[JsonSerializable(typeof(DatabaseStatus))]
internal sealed partial class ApiJson : JsonSerializerContext;
