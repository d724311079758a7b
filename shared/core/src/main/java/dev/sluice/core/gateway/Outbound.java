package dev.sluice.core.gateway;

import dev.sluice.core.config.Timeouts;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Headers;
import dev.sluice.protocol.EncodedRequest;
import java.time.Duration;

/// A request as it leaves for a provider.
///
/// @param forwarded what of the client's headers goes with it
record Outbound(Target target, EncodedRequest encoded, Headers forwarded, AuthHeaders.Addition auth) {
    /// Of every request that is sent; signatures cover it.
    static final String JSON = "application/json";

    /// @param left for the whole call
    Upstream.Call call(String accept, Timeouts timeouts, Duration left) {
        EncodedRequest sent = VertexForm.of(target.base(), encoded);
        Headers headers = forwarded
                .and(sent.headers())
                .and(target.provider().headers())
                .and(auth.headers())
                .with("content-type", JSON)
                .with("accept", accept)
                .with("accept-encoding", "identity");
        return new Upstream.Call(
                auth.onto(TargetUri.of(target.base(), sent.path())),
                headers,
                sent.body(),
                sent.stream(),
                timeouts.connect(),
                timeouts.firstByte(),
                left,
                target.provider().allowPrivateNetwork());
    }
}
