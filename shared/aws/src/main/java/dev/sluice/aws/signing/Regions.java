package dev.sluice.aws.signing;

import java.net.URI;
import java.util.Optional;

/// The region in the name of a service's host.
final class Regions {
    private static final String AWS = ".amazonaws.com";
    private static final String PRIVATE_LINK = ".vpce.amazonaws.com";

    private Regions() {}

    /// As in `bedrock-runtime.eu-west-1.amazonaws.com`, also behind names of one's own for its endpoint in a VPC.
    static Optional<String> of(URI uri) {
        String host = uri.getHost() == null ? "" : uri.getHost();
        String bare = host.endsWith(".cn") ? host.substring(0, host.length() - ".cn".length()) : host;
        String suffix = bare.endsWith(PRIVATE_LINK) ? PRIVATE_LINK : AWS;
        if (!bare.endsWith(suffix)) {
            return Optional.empty();
        }
        String service = bare.substring(0, bare.length() - suffix.length());
        int dot = service.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(service.substring(dot + 1));
    }
}
