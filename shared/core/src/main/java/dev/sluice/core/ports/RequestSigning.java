package dev.sluice.core.ports;

import dev.sluice.model.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs requests for providers that want AWS Signature Version 4. Thread-safe.
///
/// May wait for an identity the first time and when one has run out, never for each request.
public interface RequestSigning {
    /// For gateways whose providers want no signatures.
    RequestSigning NONE = (request, secret, now) -> new Result.Impossible("requests are not signed here");

    /// What is signed.
    ///
    /// @param region empty: that of the host's name
    /// @param headers those that are covered beside the host and the signing's own
    record Request(URI uri, String region, String service, Headers headers, byte[] body) {}

    /// @param secret an access key, as `ID:SECRET` or `ID:SECRET:TOKEN` or in AWS's own JSON; null: the identity that this
    ///     process runs with
    Result sign(Request request, @Nullable String secret, Instant now);

    /// Lets go of the identity that this process runs with, as a provider says that it has run out; the next signature looks
    /// for another. False: there is none to let go of.
    default boolean renew() {
        return false;
    }

    /// What came of it.
    sealed interface Result {
        /// @param headers to be added
        /// @param secrets what may stand in no message
        record Signed(Headers headers, List<String> secrets) implements Result {
            public Signed {
                secrets = List.copyOf(secrets);
            }
        }

        /// @param why the rest of a sentence, with the remedy and without the secret
        record Impossible(String why) implements Result {}
    }
}
