package dev.sluice.infra;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.constructs.Construct;

/// All of Sluice in one account and region.
///
/// It names neither: whoever deploys it does, and the template is the same for everybody.
public final class SluiceStack extends Stack {

    public SluiceStack(Construct scope, Settings settings, Artifacts artifacts, Release release) {
        super(
                scope,
                settings.stack(),
                StackProps.builder()
                        .description("Sluice: a person's own LLM gateway")
                        .build());
        Tags.of(this).add("sluice:stack", settings.stack());

        StateTable table = new StateTable(this, settings);
        StackSecret masterKey = StackSecret.masterKey(this, settings);
        StackSecret credentials = StackSecret.credentials(this, settings);
        StackSecret gatewayKey = StackSecret.gatewayKey(this, settings);
        Optional<StackSecret> origin = settings.edge().map(_ -> StackSecret.originHeader(this, settings));

        GatewayFunction gateway = new GatewayFunction(
                this,
                settings,
                artifacts.gateway().toString(),
                new GatewayFunction.World(table, credentials, gatewayKey, origin));
        GatewayUrl url = new GatewayUrl(this, gateway);
        Optional<Edge> edge = settings.edge().map(front -> new Edge(this, front, url, origin.orElseThrow()));
        Entrance entrance = edge.map(front -> front.entrance(url.entrance())).orElseGet(url::entrance);
        KeyRotation rotation = new KeyRotation(
                this,
                settings,
                artifacts.keyRotation().toString(),
                new KeyRotation.World(table, masterKey, gatewayKey, entrance));
        Upkeep upkeep = new Upkeep(this, settings, artifacts.upkeep().toString(), url);

        if (settings.dashboard()) {
            new GatewayDashboard(this, settings, gateway.function());
        }
        new GatewayAlarms(
                this, settings, new GatewayAlarms.Watched(gateway.function(), rotation.function(), upkeep.function()));
        if (settings.monthlyBudgetUsd() > 0) {
            new MonthlyBudget(this, settings);
        }

        Map<String, String> found = new TreeMap<>(Map.of(
                "url", url.address(),
                "table", table.name(),
                "region", Aws.REGION,
                "master-key-secret", masterKey.arn(),
                "credentials-secret", credentials.arn(),
                "gateway-key-secret", gatewayKey.arn(),
                "gateway-function", gateway.function().getFunctionName(),
                "rotation-function", rotation.function().getFunctionName(),
                "upkeep-function", upkeep.function().getFunctionName(),
                "gateway-log-group", gateway.logs().getLogGroupName()));
        found.put("version", release.version());
        edge.ifPresent(front -> found.put("distribution-url", front.address()));
        new Discovery(this, settings, found);

        output("BaseUrl", "where clients call", edge.map(Edge::address).orElseGet(url::address));
        output("FunctionUrl", "the function's own address", url.address());
        output("MasterKeySecret", "where the master key is", masterKey.arn());
        output("Table", "where everything else is", table.name());
    }

    private void output(String id, String description, String value) {
        CfnOutput.Builder.create(this, id).description(description).value(value).build();
    }
}
