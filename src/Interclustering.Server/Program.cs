using Interclustering.Server.Commands;

return await CommandLine.RunAsync(args);
