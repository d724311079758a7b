package dev.sluice.infra;

import java.util.List;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.CfnUrl;
import software.constructs.Construct;

/// The streaming address of the alias. Everybody may call it; the gateway asks for the key.
///
/// Such an address needs two permissions: to call the address, and to invoke the function through it. No `Cors` here: the
/// gateway answers preflights itself, for the origins that its configuration names.
final class GatewayUrl extends Construct {
    private static final String NONE = "NONE";

    private final CfnUrl url;
    private final CfnPermission callUrl;
    private final CfnPermission invoke;

    GatewayUrl(Construct scope, GatewayFunction gateway) {
        super(scope, "Url");
        this.url = CfnUrl.Builder.create(this, "Address")
                .targetFunctionArn(gateway.function().getFunctionArn())
                .qualifier(GatewayFunction.ALIAS)
                .authType(NONE)
                .invokeMode("RESPONSE_STREAM")
                .build();
        url.getNode().addDependency(gateway.alias());
        this.callUrl = CfnPermission.Builder.create(this, "CallTheAddress")
                .functionName(gateway.alias().getFunctionArn())
                .principal("*")
                .action("lambda:InvokeFunctionUrl")
                .functionUrlAuthType(NONE)
                .build();
        this.invoke = CfnPermission.Builder.create(this, "InvokeThroughTheAddress")
                .functionName(gateway.alias().getFunctionArn())
                .principal("*")
                .action("lambda:InvokeFunction")
                .invokedViaFunctionUrl(true)
                .build();
    }

    /// `https://<id>.lambda-url.<region>.on.aws/`.
    String address() {
        return url.getAttrFunctionUrl();
    }

    Entrance entrance() {
        return new Entrance(address(), List.of(url, callUrl, invoke));
    }
}
