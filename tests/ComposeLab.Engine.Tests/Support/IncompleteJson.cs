using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ComposeLab.Engine.Tests.Support;

/// <summary>Reads JSON in which members are missing or null into every type of a generated reader, and looks at what comes out.</summary>
internal static class IncompleteJson
{
    /// <summary>The types with members that a generated reader reads.</summary>
    public static IEnumerable<Type> TypesOf(JsonSerializerContext context) => context.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(JsonTypeInfo<>))
        .Select(property => property.PropertyType.GetGenericArguments()[0])
        .Where(type => context.GetTypeInfo(type)?.Kind == JsonTypeInfoKind.Object);

    /// <summary>Reads a type from an empty object, from one whose members are null, and from one that has only the members that it must have.</summary>
    public static void Check(Type type, JsonSerializerOptions options)
    {
        JsonTypeInfo info = options.GetTypeInfo(type);
        Read("{}", type, options);
        Read(new JsonObject(info.Properties.Select(property => KeyValuePair.Create(property.Name, (JsonNode?)null))).ToJsonString(), type, options);
        JsonObject least = Least(type, options);
        object? made = JsonSerializer.Deserialize(least.ToJsonString(), info);
        Look(made, [type.Name]);
        KeepsDefaults(made!, least, info);
        foreach (JsonPropertyInfo property in info.Properties)
        {
            JsonObject one = Least(type, options);
            one[property.Name] = null;
            Read(one.ToJsonString(), type, options);
        }
    }

    // A generated reader does not run the initializers of members that can only be set at the creation.
    private static void KeepsDefaults(object made, JsonObject least, JsonTypeInfo info)
    {
        if (made.GetType().GetConstructor([]) is not { } constructor)
        {
            return;
        }

        object fresh = constructor.Invoke(null);
        foreach (JsonPropertyInfo member in info.Properties.Where(member => member.PropertyType.IsValueType && member.Get is not null && !least.ContainsKey(member.Name)))
        {
            Assert.True(Equals(member.Get!(fresh), member.Get(made)), $"{made.GetType().Name}.{member.Name} is {member.Get(made)} if it is missing, but {member.Get(fresh)} by default.");
        }
    }

    // An incomplete object is rejected, or it is complete.
    private static void Read(string json, Type type, JsonSerializerOptions options)
    {
        try
        {
            Look(JsonSerializer.Deserialize(json, options.GetTypeInfo(type)), [type.Name]);
        }
        catch (JsonException)
        {
            // The engine layer and the readers of files report it as an answer or a file that is not valid.
        }
    }

    private static JsonObject Least(Type type, JsonSerializerOptions options)
    {
        var made = new JsonObject();
        ParameterInfo[] parameters = [.. type.GetConstructors().Where(constructor => constructor.GetParameters() is not [var only] || only.ParameterType != type).SelectMany(constructor => constructor.GetParameters())];
        foreach (JsonPropertyInfo member in options.GetTypeInfo(type).Properties)
        {
            PropertyInfo? property = Array.Find(type.GetProperties(), one => one.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name == member.Name || one.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
            bool isRequired = property?.GetCustomAttribute<RequiredMemberAttribute>() is not null
                || Array.Exists(parameters, parameter => parameter.Name!.Equals(property?.Name, StringComparison.OrdinalIgnoreCase) && !parameter.HasDefaultValue && !CanBeNull(property!));
            if (isRequired)
            {
                made[member.Name] = Value(member.PropertyType, options);
            }
        }

        return made;
    }

    private static JsonNode Value(Type type, JsonSerializerOptions options) => type switch
    {
        _ when type == typeof(string) => "x",
        _ when type == typeof(bool) => false,
        _ when type == typeof(DateTimeOffset) => "2026-01-01T00:00:00+00:00",
        _ when type == typeof(TimeSpan) => "00:00:01",
        { IsEnum: true } => JsonNode.Parse(JsonSerializer.Serialize(Enum.GetValues(type).GetValue(0), options.GetTypeInfo(type)))!,
        { IsPrimitive: true } => 1,
        _ when options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Enumerable => new JsonArray(),
        _ when options.GetTypeInfo(type).Kind == JsonTypeInfoKind.Dictionary => new JsonObject(),
        _ => Least(type, options),
    };

    private static bool CanBeNull(PropertyInfo property) => property.PropertyType.IsValueType
        ? Nullable.GetUnderlyingType(property.PropertyType) is not null
        : new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;

    private static void Look(object? value, IReadOnlyList<string> path)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true })
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Look(item, path);
            }

            return;
        }

        foreach (PropertyInfo property in value.GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetIndexParameters().Length == 0))
        {
            object? part = property.GetValue(value);
            Assert.True(part is not null || CanBeNull(property), $"{string.Join('.', path)}.{property.Name} is null.");
            if (value.GetType().Namespace?.StartsWith("ComposeLab", StringComparison.Ordinal) == true && property.DeclaringType == value.GetType())
            {
                Look(part, [.. path, property.Name]);
            }
        }

        _ = value.ToString();
    }
}
