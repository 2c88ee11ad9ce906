using Interclustering.Accounts;

namespace Interclustering.Hub.Operators;

/// <summary>An operator of the federation. The hub's own account: it opens nothing at a cluster.</summary>
public sealed class Operator : Account;
