using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ComposeLab.Engine;

/// <summary>
/// Reads JSON into objects that are complete. A generated reader sets a property whose value is missing or null to null, also one that cannot be null, whatever its initial
/// value is. Here, such a property keeps the value that its setter makes of null, and the object is rejected if it has none.
/// </summary>
public static class CompleteJson
{
    /// <summary>Creates options that read complete objects.</summary>
    /// <param name="context">The generated reader.</param>
    /// <param name="options">Its options, if they are not the standard ones.</param>
    /// <returns>The options.</returns>
    public static JsonSerializerOptions Of(JsonSerializerContext context, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        var complete = new JsonSerializerOptions(options ?? context.Options) { TypeInfoResolver = context.WithAddedModifier(Check) };
        complete.MakeReadOnly();
        return complete;
    }

    /// <summary>Finds how a type is read and written.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="options">The options.</param>
    /// <returns>The information for the serializer.</returns>
    public static JsonTypeInfo<T> Info<T>(this JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    private static void Check(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
        {
            return;
        }

        var nullability = new NullabilityInfoContext();
        PropertyInfo[] never =
        [
            .. type.Type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property is { CanRead: true, SetMethod: not null, PropertyType.IsValueType: false }
                && property.GetCustomAttribute<JsonIgnoreAttribute>() is null && nullability.Create(property).ReadState == NullabilityState.NotNull),
        ];
        if (never.Length > 0)
        {
            type.OnDeserialized = made =>
            {
                if (Array.Find(never, property => property.GetValue(made) is null) is { } missing)
                {
                    throw new JsonException($"{missing.Name} is missing.");
                }
            };
        }
    }
}
