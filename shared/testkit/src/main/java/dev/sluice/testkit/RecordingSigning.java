package dev.sluice.testkit;

import dev.sluice.core.ports.RequestSigning;
import dev.sluice.model.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs everything in the same way and remembers what it was asked to sign.
public final class RecordingSigning implements RequestSigning {
    /// The header that stands for a signature.
    public static final String SIGNATURE = "AWS4-HMAC-SHA256 Signature=recorded";
    /// Goes with every signature, and is secret.
    public static final String TOKEN = "session-token-of-the-test";

    private final List<Request> requests = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private @Nullable String refusal;
    private int renewals;

    /// From now on nothing can be signed.
    public void refuse(String why) {
        refusal = why;
    }

    @Override
    public Result sign(Request request, @Nullable String secret, Instant now) {
        if (refusal != null) {
            return new Result.Impossible(refusal);
        }
        requests.add(request);
        keys.add(secret == null ? "own" : secret);
        Headers headers =
                Headers.of("x-amz-date", now.toString(), "x-amz-security-token", TOKEN, "authorization", SIGNATURE);
        return new Result.Signed(headers, secret == null ? List.of(TOKEN) : List.of(secret, TOKEN));
    }

    @Override
    public boolean renew() {
        renewals++;
        return true;
    }

    /// How often its own identity was let go of.
    public int renewals() {
        return renewals;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /// With what each was signed; `own` for the identity of the process.
    public List<String> keys() {
        return List.copyOf(keys);
    }
}
