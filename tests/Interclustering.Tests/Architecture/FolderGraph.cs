using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Interclustering.Tests.Architecture;

/// <summary>Which folders (namespaces) of a project use which others, as its compiled code shows it.</summary>
internal sealed class FolderGraph
{
    private readonly SortedDictionary<string, SortedSet<string>> uses = new(StringComparer.Ordinal);
    private readonly SortedSet<string> shared = new(StringComparer.Ordinal);
    private readonly string root;

    private FolderGraph(string root) => this.root = root;

    /// <summary><c>Hub</c> for <c>Interclustering.Hub</c>.</summary>
    public string Project => root.Split('.')[^1];

    /// <summary>Types without a folder that folders use.</summary>
    public IEnumerable<string> Shared => shared;

    /// <summary>A folder, and the folders that it uses, in words.</summary>
    public IEnumerable<KeyValuePair<string, string>> Arrows =>
        uses.Select(folder => KeyValuePair.Create(folder.Key, folder.Value.Count == 0 ? "nothing" : string.Join(", ", folder.Value)));

    public static FolderGraph Of(Assembly assembly)
    {
        using var definition = AssemblyDefinition.ReadAssembly(assembly.Location);
        var graph = new FolderGraph(assembly.GetName().Name!);
        foreach (var type in definition.MainModule.GetTypes().Where(type => graph.FolderOf(type) is not null))
        {
            graph.Add(type);
        }

        return graph;
    }

    /// <summary>Folders that reach themselves.</summary>
    public IEnumerable<string> Cycles() => uses.Keys.Where(folder => Reached(folder).Contains(folder));

    private HashSet<string> Reached(string folder)
    {
        var reached = new HashSet<string>();
        var next = new Stack<string>(uses[folder]);
        while (next.TryPop(out var one))
        {
            if (reached.Add(one))
            {
                uses[one].ToList().ForEach(next.Push);
            }
        }

        return reached;
    }

    private void Add(TypeDefinition type)
    {
        var folder = FolderOf(type)!;
        var used = uses.TryGetValue(folder, out var known) ? known : uses[folder] = new(StringComparer.Ordinal);
        foreach (var other in TypesIn(type).SelectMany(Parts)
            .Where(other => Outermost(other).Namespace.StartsWith(root, StringComparison.Ordinal)))
        {
            if (FolderOf(other) is { } target)
            {
                if (target != folder)
                {
                    used.Add(target);
                }
            }
            else if (Outermost(other).Namespace == root)
            {
                shared.Add(Outermost(other).Name.Split('`')[0]);
            }
        }
    }

    /// <summary>Null for what lies in no folder, and for what the build or a migration made.</summary>
    private string? FolderOf(TypeReference type)
    {
        var space = Outermost(type).Namespace;
        return !space.StartsWith(root + ".", StringComparison.Ordinal) || space.Contains(".Migrations", StringComparison.Ordinal)
            ? null
            : space[(root.Length + 1)..].Replace('.', '/');
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<TypeReference> TypesIn(TypeDefinition type) =>
    [
        .. new[] { type.BaseType }.OfType<TypeReference>(), .. type.Interfaces.Select(each => each.InterfaceType),
        .. type.Fields.Select(field => field.FieldType), .. type.Properties.Select(property => property.PropertyType),
        .. type.CustomAttributes.Select(attribute => attribute.AttributeType), .. type.Methods.SelectMany(TypesIn),
    ];

    private static IEnumerable<TypeReference> TypesIn(MethodDefinition method) =>
    [
        method.ReturnType, .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.CustomAttributes.Select(attribute => attribute.AttributeType),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(TypesIn) : [],
    ];

    private static IEnumerable<TypeReference> TypesIn(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        _ => [],
    };

    /// <summary>The type itself, what it is made of, and its arguments.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification made => Parts(made.ElementType),
        GenericParameter => [],
        _ => [type],
    };
}
