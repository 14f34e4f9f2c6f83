using System.Reflection;
using System.Runtime.CompilerServices;
using ComposeLab.Cmdlets.Tests.Hosting;

namespace ComposeLab.Cmdlets.Tests.Formatting;

public sealed class IndexableTests
{
    public static TheoryData<string, string> Lists
    {
        get
        {
            var lists = new TheoryData<string, string>();
            foreach (PropertyInfo property in typeof(LabService).Assembly.GetExportedTypes().SelectMany(type => type.GetProperties()).Where(IsList))
            {
                lists.Add(property.DeclaringType!.Name, property.Name);
            }

            return lists;
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Scripts_can_index_every_list_of_every_object(string type, string list)
    {
        Type declaring = typeof(LabService).Assembly.GetExportedTypes().Single(exported => exported.Name == type);
        PropertyInfo property = declaring.GetProperty(list)!;
        object made = RuntimeHelpers.GetUninitializedObject(declaring);

        property.SetValue(made, Two(property.PropertyType.GetGenericArguments()[0]));

        using var session = new TestSession();
        Assert.Single(session.Run($"param($made) ,@($made.{list}[0]) | ForEach-Object {{ $_.Count }}", made).Good(), 1);
    }

    // As a cmdlet makes it: a collection expression whose length is not known.
    private static object Two(Type element) =>
        typeof(IndexableTests).GetMethod(nameof(Expression), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element).Invoke(null, null)!;

    private static IReadOnlyList<T?> Expression<T>() => [.. Enumerable.Repeat(default(T), 2)];

    private static bool IsList(PropertyInfo property) =>
        property.CanWrite && property.PropertyType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
}
