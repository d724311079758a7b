package dev.sluice.core.gateway;

import dev.sluice.core.config.Timeouts;
import dev.sluice.core.ports.Credentials;
import dev.sluice.core.ports.RequestSigning;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.routing.Target;
import dev.sluice.model.Headers;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.translate.ToolNames;
import java.util.List;

/// Calls to one provider outside the request path, for an owner who tries it: nothing is admitted, retried or counted.
///
/// They are what the gateway itself would send: the same address, headers and secret. Thread-safe.
public final class DirectCalls {
    private final AuthHeaders auth;

    public DirectCalls(Credentials credentials, RequestSigning signing, Time time) {
        this.auth = new AuthHeaders(credentials, signing, time);
    }

    /// A call that is ready to be sent.
    public static final class Prepared {
        private final Upstream.Call call;
        private final AuthHeaders.Addition secret;

        private Prepared(Upstream.Call call, AuthHeaders.Addition secret) {
            this.call = call;
            this.secret = secret;
        }

        public Upstream.Call call() {
            return call;
        }

        /// The provider's answer without the secret, which some repeat.
        public byte[] concealed(byte[] body) {
            return secret.concealedIn(body);
        }
    }

    /// Bad: category `CONFIGURATION_ERROR`, naming the provider and the remedy.
    ///
    /// @param accept the media type of the answer
    public Outcome<Prepared> of(Target target, EncodedRequest encoded, String accept, Timeouts timeouts) {
        return auth.of(target, encoded).then((AuthHeaders.Addition secret) -> {
            Upstream.Call call =
                    new Outbound(target, encoded, Headers.NONE, secret).call(accept, timeouts, timeouts.total());
            return Outcome.ok(new Prepared(call, secret));
        });
    }

    /// Asks for what is at that path.
    ///
    /// @param path appended to the provider's base URL, with its query
    /// @param headers the dialect's own
    public Outcome<Prepared> get(Target target, String path, Headers headers, Timeouts timeouts) {
        EncodedRequest nothing =
                new EncodedRequest(path, headers, new byte[0], false, ToolNames.none(), false, List.of());
        return of(target, nothing, Outbound.JSON, timeouts)
                .then((Prepared post) -> Outcome.ok(new Prepared(post.call.by("GET"), post.secret)));
    }
}
