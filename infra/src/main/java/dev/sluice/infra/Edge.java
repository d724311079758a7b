package dev.sluice.infra;

import dev.sluice.infra.Settings.EdgeSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.cloudfront.AllowedMethods;
import software.amazon.awscdk.services.cloudfront.BehaviorOptions;
import software.amazon.awscdk.services.cloudfront.CacheCookieBehavior;
import software.amazon.awscdk.services.cloudfront.CacheHeaderBehavior;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CacheQueryStringBehavior;
import software.amazon.awscdk.services.cloudfront.Distribution;
import software.amazon.awscdk.services.cloudfront.HttpVersion;
import software.amazon.awscdk.services.cloudfront.OriginProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginSslPolicy;
import software.amazon.awscdk.services.cloudfront.PriceClass;
import software.amazon.awscdk.services.cloudfront.SecurityPolicyProtocol;
import software.amazon.awscdk.services.cloudfront.ViewerProtocolPolicy;
import software.amazon.awscdk.services.cloudfront.origins.HttpOrigin;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.constructs.Construct;
import software.constructs.IDependable;

/// CloudFront before the function's address, which then answers CloudFront alone.
///
/// The address wants its own `Host`, so that header of the viewer is left out; all others go on, `Authorization` too. The
/// viewer's address comes in `CloudFront-Viewer-Address`, which only a cache key can add beside "all but": so there is a
/// cache policy that keeps nothing, since no answer of the gateway says how long it may be kept. Signed origin requests
/// (OAC) are out of reach: a client would have to send the hash of its body.
final class Edge extends Construct {
    /// The zone in which every distribution has its name.
    private static final String CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";

    private static final List<String> WHO_ASKS = List.of(
            "CloudFront-Viewer-Address",
            "Authorization",
            "x-api-key",
            "x-goog-api-key",
            "api-key",
            "anthropic-version");

    private final Distribution distribution;
    private final EdgeSettings settings;

    Edge(Construct scope, EdgeSettings settings, GatewayUrl url, StackSecret origin) {
        super(scope, "Edge");
        this.settings = settings;
        Distribution.Builder builder = Distribution.Builder.create(this, "Distribution")
                .comment("Sluice")
                .defaultBehavior(behavior(url, origin))
                .httpVersion(HttpVersion.HTTP2_AND_3)
                .enableIpv6(true)
                .priceClass(PriceClass.PRICE_CLASS_ALL)
                .minimumProtocolVersion(SecurityPolicyProtocol.TLS_V1_2_2021)
                .domainNames(settings.domain().map(List::of).orElse(null));
        settings.certificate()
                .ifPresent(arn -> builder.certificate(Certificate.fromCertificateArn(this, "Certificate", arn)));
        settings.webAcl().ifPresent(builder::webAclId);
        this.distribution = builder.build();
        Accepted.in(distribution, accepted());
        settings.hostedZone().ifPresent(zone -> {
            record(zone, "A");
            record(zone, "AAAA");
        });
    }

    private BehaviorOptions behavior(GatewayUrl url, StackSecret origin) {
        // https://<host>/
        String host = Fn.select(2, Fn.split("/", url.address()));
        return BehaviorOptions.builder()
                .origin(HttpOrigin.Builder.create(host)
                        .protocolPolicy(OriginProtocolPolicy.HTTPS_ONLY)
                        .originSslProtocols(List.of(OriginSslPolicy.TLS_V1_2))
                        .readTimeout(Duration.seconds(settings.readTimeoutSeconds()))
                        .keepaliveTimeout(Duration.seconds(60))
                        .customHeaders(Map.of("x-sluice-origin", origin.reference()))
                        .build())
                .viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY)
                .allowedMethods(AllowedMethods.ALLOW_ALL)
                .compress(false)
                .cachePolicy(keepNothing())
                .originRequestPolicy(OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER)
                .build();
    }

    private CachePolicy keepNothing() {
        return CachePolicy.Builder.create(this, "KeepNothing")
                .comment("Sluice: nothing is kept; the key is there for the headers")
                .minTtl(Duration.seconds(0))
                .defaultTtl(Duration.seconds(0))
                // with 0 CloudFront accepts no headers in the key
                .maxTtl(Duration.seconds(1))
                .headerBehavior(CacheHeaderBehavior.allowList(WHO_ASKS.toArray(String[]::new)))
                .queryStringBehavior(CacheQueryStringBehavior.all())
                .cookieBehavior(CacheCookieBehavior.none())
                .enableAcceptEncodingBrotli(false)
                .enableAcceptEncodingGzip(false)
                .build();
    }

    private void record(String zone, String type) {
        CfnRecordSet.Builder.create(this, "Record" + type)
                .hostedZoneId(zone)
                .name(settings.domain().orElseThrow())
                .type(type)
                .aliasTarget(CfnRecordSet.AliasTargetProperty.builder()
                        .dnsName(distribution.getDistributionDomainName())
                        .hostedZoneId(CLOUDFRONT_ZONE)
                        .build())
                .build();
    }

    private Map<String, String> accepted() {
        Map<String, String> accepted = new HashMap<>(Map.of(
                "AwsSolutions-CFR1",
                "The owner's clients may be anywhere; addresses are allowed or not by the gateway's configuration.",
                "AwsSolutions-CFR3",
                "The gateway writes its own log, without prompts; CloudFront's would cost a bucket and say less."));
        if (settings.webAcl().isEmpty()) {
            accepted.put(
                    "AwsSolutions-CFR2", "A web ACL costs six dollars a month: the owner may name one (webAclArn).");
        }
        if (settings.certificate().isEmpty()) {
            accepted.put(
                    "AwsSolutions-CFR4",
                    "Without a domain of its own the distribution has CloudFront's certificate and its TLS versions.");
        }
        return accepted;
    }

    /// `https://...`, without a slash at the end.
    String address() {
        return "https://" + settings.domain().orElseGet(distribution::getDistributionDomainName);
    }

    /// @param behind the function's own
    Entrance entrance(Entrance behind) {
        List<IDependable> parts = new ArrayList<>(behind.parts());
        parts.add(distribution);
        return new Entrance("https://" + distribution.getDistributionDomainName(), parts);
    }
}
