package dev.sluice.cli.store;

import dev.sluice.core.ports.ResponseStore;
import dev.sluice.core.stored.PackedResponse;
import dev.sluice.core.stored.StoredResponse;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;

/// Stored answers in the embedded store: the length of a head of JSON, the head, and the packed document.
///
/// What has expired is cleared away whenever something is looked for.
final class EmbeddedResponses implements ResponseStore {
    private final MVMap<String, byte[]> kept;
    private final StoreWriter writer;
    private final Runnable commit;
    private final Consumer<String> notes;
    private final ConcurrentMap<String, Instant> expiries = new ConcurrentHashMap<>();

    /// @param commit hands what was put to the operating system
    /// @param notes told what of the file cannot be read
    EmbeddedResponses(MVMap<String, byte[]> kept, StoreWriter writer, Runnable commit, Consumer<String> notes) {
        this.kept = kept;
        this.writer = writer;
        this.commit = commit;
        this.notes = notes;
        kept.forEach((id, bytes) ->
                expiries.put(id, head(bytes).map(EmbeddedResponses::expires).orElse(Instant.EPOCH)));
    }

    @Override
    public Kept keep(StoredResponse response) {
        Optional<byte[]> packed = PackedResponse.pack(response.document());
        if (packed.isEmpty()) {
            return Kept.TOO_LARGE;
        }
        byte[] bytes = bytes(response, packed.get());
        boolean written = writer.write(() -> {
            kept.put(response.id(), bytes);
            commit.run();
        });
        if (written) {
            expiries.put(response.id(), response.expires());
        }
        return written ? Kept.KEPT : Kept.SILENT;
    }

    @Override
    public Found find(String id, Instant now) {
        clear(now);
        byte[] bytes = kept.get(id);
        if (bytes == null) {
            return new Found.Missing();
        }
        Optional<StoredResponse> response = read(id, bytes);
        if (response.isEmpty()) {
            notes.accept("in the store, the answer " + id + " is damaged: it counts as missing");
        }
        return response.filter(found -> found.expires().isAfter(now))
                .<Found>map(Found.Here::new)
                .orElseGet(Found.Missing::new);
    }

    @Override
    public Forgotten forget(String id) {
        boolean[] was = {false};
        boolean written = writer.write(() -> {
            was[0] = kept.remove(id) != null;
            commit.run();
        });
        if (!written) {
            return Forgotten.SILENT;
        }
        expiries.remove(id);
        return was[0] ? Forgotten.FORGOTTEN : Forgotten.MISSING;
    }

    private void clear(Instant now) {
        List<String> over = new ArrayList<>();
        expiries.forEach((id, expires) -> {
            if (!expires.isAfter(now)) {
                over.add(id);
            }
        });
        if (over.isEmpty()) {
            return;
        }
        boolean written = writer.write(() -> {
            over.forEach(kept::remove);
            commit.run();
        });
        if (written) {
            over.forEach(expiries::remove);
        }
    }

    private static byte[] bytes(StoredResponse response, byte[] packed) {
        byte[] head = JsonText.bytes(Json.object()
                .put("owner", response.owner())
                .put("target", response.target())
                .put("expires", response.expires().getEpochSecond())
                .build());
        return ByteBuffer.allocate(Integer.BYTES + head.length + packed.length)
                .putInt(head.length)
                .put(head)
                .put(packed)
                .array();
    }

    private static Optional<Json.Obj> head(byte[] bytes) {
        if (bytes.length < Integer.BYTES) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(bytes).getInt();
        if (length < 0 || length > bytes.length - Integer.BYTES) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                JsonText.objectOrNull(new String(bytes, Integer.BYTES, length, StandardCharsets.UTF_8)));
    }

    private static Instant expires(Json.Obj head) {
        Long expires = head.whole("expires");
        return expires == null ? Instant.EPOCH : Instant.ofEpochSecond(expires);
    }

    private static Optional<StoredResponse> read(String id, byte[] bytes) {
        return head(bytes).flatMap(head -> {
            int from = Integer.BYTES + ByteBuffer.wrap(bytes).getInt();
            byte[] packed = java.util.Arrays.copyOfRange(bytes, from, bytes.length);
            return PackedResponse.unpack(packed)
                    .map(document -> new StoredResponse(
                            id, head.text("owner", ""), head.text("target", ""), expires(head), document));
        });
    }
}
