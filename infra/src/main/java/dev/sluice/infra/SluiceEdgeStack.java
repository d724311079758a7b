package dev.sluice.infra;

import dev.sluice.infra.Settings.EdgeStackSettings;
import java.util.List;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.StackProps;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.certificatemanager.CfnCertificate;
import software.amazon.awscdk.services.wafv2.CfnWebACL;
import software.constructs.Construct;

/// What CloudFront wants in us-east-1: a certificate and a web ACL that limits requests by address.
///
/// It tells their ARNs as outputs, and the main stack takes them as context: nothing reaches across regions by itself, so
/// there is no function that copies values, and either stack can go without the other knowing.
public final class SluiceEdgeStack extends Stack {
    private static final String REGION = "us-east-1";

    public SluiceEdgeStack(Construct scope, Settings main, EdgeStackSettings settings) {
        super(
                scope,
                main.stack() + "Edge",
                StackProps.builder()
                        .description("Sluice: certificate and web ACL for CloudFront")
                        .env(Environment.builder().region(REGION).build())
                        .build());
        Tags.of(this).add("sluice:stack", main.stack());
        settings.domain().ifPresent(domain -> certificate(domain, settings));
        CfnWebACL acl = CfnWebACL.Builder.create(this, "WebAcl")
                .description("Sluice: limits requests by address")
                .scope("CLOUDFRONT")
                .defaultAction(CfnWebACL.DefaultActionProperty.builder()
                        .allow(CfnWebACL.AllowActionProperty.builder().build())
                        .build())
                .visibilityConfig(visible("WebAcl"))
                .rules(List.of(rate(settings.requestsPer5Minutes())))
                .build();
        CfnOutput.Builder.create(this, "WebAclArn")
                .description("for " + ContextKey.WEB_ACL.key())
                .value(acl.getAttrArn())
                .build();
    }

    private void certificate(String domain, EdgeStackSettings settings) {
        CfnCertificate certificate = CfnCertificate.Builder.create(this, "Certificate")
                .domainName(domain)
                .validationMethod("DNS")
                .domainValidationOptions(settings.hostedZone()
                        .map(zone -> List.of(CfnCertificate.DomainValidationOptionProperty.builder()
                                .domainName(domain)
                                .hostedZoneId(zone)
                                .build()))
                        .orElse(null))
                .build();
        CfnOutput.Builder.create(this, "CertificateArn")
                .description("for " + ContextKey.CERTIFICATE.key())
                .value(certificate.getRef())
                .build();
    }

    private static CfnWebACL.RuleProperty rate(int requests) {
        return CfnWebACL.RuleProperty.builder()
                .name("RateByAddress")
                .priority(0)
                .action(CfnWebACL.RuleActionProperty.builder()
                        .block(CfnWebACL.BlockActionProperty.builder().build())
                        .build())
                .statement(CfnWebACL.StatementProperty.builder()
                        .rateBasedStatement(CfnWebACL.RateBasedStatementProperty.builder()
                                .aggregateKeyType("IP")
                                .limit(requests)
                                .evaluationWindowSec(300)
                                .build())
                        .build())
                .visibilityConfig(visible("RateByAddress"))
                .build();
    }

    private static CfnWebACL.VisibilityConfigProperty visible(String name) {
        return CfnWebACL.VisibilityConfigProperty.builder()
                .cloudWatchMetricsEnabled(true)
                .metricName(name)
                .sampledRequestsEnabled(false) // a sample holds headers, and a key is one
                .build();
    }
}
