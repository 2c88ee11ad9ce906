namespace Interclustering.Hub.ReadModel;

/// <summary>
/// Something that shows an item among others: a calendar, a feed, the search. Before the catalogue takes an item in, each reader does with
/// it alone what it will do with it among the others. What fails there is shown nowhere, so that all readers of a position agree, and none
/// fails because of it.
/// </summary>
/// <param name="Name">For the log.</param>
/// <param name="Try">Does it, and keeps nothing. May throw whatever it will.</param>
public sealed record RenderProbe(string Name, Action<Published, IReadOnlyList<Occurrence>> Try);
