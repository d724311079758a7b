package dev.sluice.core.media;

import dev.sluice.core.ports.ByteStream;
import dev.sluice.core.ports.Time;
import dev.sluice.core.ports.Upstream;
import dev.sluice.core.resilience.Deadline;
import dev.sluice.model.Headers;
import dev.sluice.protocol.translate.FirstBytes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Fetches one picture or PDF from an address that a client named.
///
/// An address is a stranger's word: only https, never a private network whatever the configuration allows its providers,
/// at most three redirects and each judged like the first, nothing of the caller's and no credential with it, bounded in
/// bytes and time. What came is told by its first bytes. Blocks; never throws.
public final class MediaFetch {
    /// Of one file, in bytes.
    public static final int LARGEST = 5 * 1024 * 1024;

    private static final int REDIRECTS = 3;
    private static final int LONGEST_ADDRESS = 8 * 1024;
    private static final Headers HEADERS =
            Headers.of("accept", "image/png,image/jpeg,image/gif,image/webp,application/pdf");

    private final Upstream upstream;
    private final Time time;

    public MediaFetch(Upstream upstream, Time time) {
        this.upstream = upstream;
        this.time = time;
    }

    /// What became of it.
    public sealed interface Fetched {}

    /// @param type the media type that its first bytes tell
    public record Found(byte[] bytes, String type) implements Fetched {}

    /// @param reason for the client: a clause without a full stop, without the address
    public record Refused(String reason) implements Fetched {}

    /// @param bound in bytes; never more than [#LARGEST]
    public Fetched of(String address, long bound, Duration connect, Deadline deadline) {
        URI uri = parsed(address);
        for (int hops = 0; hops <= REDIRECTS; hops++) {
            if (uri == null || !isAllowed(uri)) {
                return new Refused("only complete https addresses are fetched");
            }
            switch (answer(uri, connect, deadline)) {
                case Upstream.Answer.Streaming(int _, Headers _, ByteStream body) -> {
                    return read(body, Math.min(bound, LARGEST), deadline);
                }
                case Upstream.Answer.Complete(int status, Headers headers, byte[] _) -> {
                    String next = isRedirect(status) ? headers.first("location").orElse(null) : null;
                    if (next == null) {
                        return new Refused("its server answered with status " + status);
                    }
                    URI there = parsed(next);
                    uri = there == null ? null : uri.resolve(there);
                }
                case Upstream.Answer.Broken(Upstream.Breakage breakage, String _) -> {
                    return new Refused(words(breakage));
                }
            }
        }
        return new Refused("it is redirected more than " + REDIRECTS + " times");
    }

    private static @Nullable URI parsed(String address) {
        try {
            return address.length() > LONGEST_ADDRESS ? null : new URI(address);
        } catch (URISyntaxException none) {
            return null;
        }
    }

    private static boolean isAllowed(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
    }

    private static boolean isRedirect(int status) {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
    }

    private Upstream.Answer answer(URI uri, Duration connect, Deadline deadline) {
        Duration left = deadline.remaining(time.nanos());
        Upstream.Call call = new Upstream.Call("GET", uri, HEADERS, new byte[0], true, connect, left, left, false);
        Upstream.Pending pending = upstream.send(call);
        Upstream.Answer answer = null;
        while (answer == null && !deadline.isPast(time.nanos())) {
            answer = pending.await(deadline.remaining(time.nanos()));
        }
        if (answer == null) {
            pending.cancel();
            return new Upstream.Answer.Broken(Upstream.Breakage.TOTAL_TIMEOUT, "No answer in time.");
        }
        return answer;
    }

    private Fetched read(ByteStream body, long bound, Deadline deadline) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (body) {
            while (!deadline.isPast(time.nanos())) {
                switch (body.read(deadline.remaining(time.nanos()))) {
                    case ByteStream.Read.Bytes(byte[] bytes, int from, int to) -> {
                        if (whole.size() + (long) (to - from) > bound) {
                            return new Refused("it is larger than is fetched");
                        }
                        whole.write(bytes, from, to - from);
                    }
                    case ByteStream.Read.End _ -> {
                        return judged(whole.toByteArray());
                    }
                    case ByteStream.Read.Reset _ -> {
                        return new Refused(words(Upstream.Breakage.RESET));
                    }
                    case ByteStream.Read.Quiet _ -> {}
                }
            }
        }
        return new Refused(words(Upstream.Breakage.TOTAL_TIMEOUT));
    }

    private static Fetched judged(byte[] bytes) {
        String type = FirstBytes.mediaType(bytes);
        return type == null
                ? new Refused("it is neither a picture (PNG, JPEG, GIF, WebP) nor a PDF")
                : new Found(bytes, type);
    }

    private static String words(Upstream.Breakage breakage) {
        return switch (breakage) {
            case PRIVATE_ADDRESS -> "its address is in a private network";
            case CONNECT, CONNECT_TIMEOUT -> "its server cannot be reached";
            case RESET, STALE -> "the connection to its server was lost";
            case FIRST_BYTE_TIMEOUT, TOTAL_TIMEOUT, CANCELLED -> "it took too long";
            case MALFORMED -> "its server's answer is not to be understood";
        };
    }
}
