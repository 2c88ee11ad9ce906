namespace Interclustering.IntegrationTests.Backups;

public sealed class BackupOnPostgres(PostgresPlace place) : BackupTests(place), IClassFixture<PostgresPlace>;
