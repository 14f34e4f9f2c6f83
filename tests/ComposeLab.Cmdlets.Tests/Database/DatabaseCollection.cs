namespace ComposeLab.Cmdlets.Tests.Database;

[CollectionDefinition(nameof(DatabaseCollection))]
public sealed class DatabaseCollection : ICollectionFixture<DatabaseStack>;
