namespace Interclustering.IntegrationTests.Settings;

/// <summary>A start sets the language of the whole process.</summary>
[CollectionDefinition(WrongSettingTests.Alone, DisableParallelization = true)]
public sealed class SettingsOfThisProcess;
