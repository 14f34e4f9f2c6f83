using ComposeLab.Compose.Model;

namespace ComposeLab.Engine.Planning;

/// <summary>Determines which containers a start keeps, before the services are planned.</summary>
/// <param name="scope">The shared state of the planning.</param>
/// <param name="replacedNetworks">The names of networks that the plan recreates.</param>
internal sealed class KeptContainers(StartScope scope, IReadOnlySet<string> replacedNetworks)
{
    /// <summary>Lists the kept containers.</summary>
    /// <returns>The containers, those of a service after those of the services it depends on.</returns>
    public IReadOnlyList<KeptContainer> List()
    {
        List<KeptContainer> kept = [];
        var planned = new Dictionary<string, IReadOnlyList<PlannedContainer>>(StringComparer.Ordinal);
        var decision = new RecreateDecision(scope, replacedNetworks, name => planned.GetValueOrDefault(name) ?? []);
        foreach (ServiceDefinition service in scope.Selected)
        {
            List<PlannedContainer> own = [];
            foreach (ObservedContainer container in scope.Observed.Of(service.Name).Where(container => !container.IsLeftover).Take(scope.Replicas(service)))
            {
                bool isKept = decision.Of(service, container) is null;
                own.Add(new PlannedContainer(container.Name, isKept ? container.Id : null));
                if (isKept)
                {
                    kept.Add(new KeptContainer(service, container));
                }
            }

            planned[service.Name] = own;
        }

        return kept;
    }
}

/// <summary>A container that a start keeps.</summary>
/// <param name="Service">Its service.</param>
/// <param name="Container">The container.</param>
internal sealed record KeptContainer(ServiceDefinition Service, ObservedContainer Container);
