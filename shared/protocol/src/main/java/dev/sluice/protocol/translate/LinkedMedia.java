package dev.sluice.protocol.translate;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Failure;
import dev.sluice.model.MediaSource;
import dev.sluice.model.Message;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.TargetProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pictures and documents that a request only links to, and that its target takes inline alone.
///
/// Which these are is decided here, without asking anybody: what a target takes by its address is left alone, and so is
/// what it takes in no form, for its encoder to refuse.
public final class LinkedMedia {
    private final TargetProfile target;
    private final Source source;
    private @Nullable Failure failure;

    private LinkedMedia(TargetProfile target, Source source) {
        this.target = target;
        this.source = source;
    }

    /// What a link should lead to.
    public enum Kind {
        IMAGE,
        DOCUMENT
    }

    /// @param url as the client wrote it: `http` or `https`
    /// @param path where it stands in the client's body
    public record Link(String url, Kind kind, String path) {}

    /// Where the bytes behind a link come from. Asked once for each place that has one, in the request's order.
    @FunctionalInterface
    public interface Source {
        Outcome<MediaSource.Base64> of(Link link);
    }

    /// The same request with the bytes in the place of such links. Bad: of the first link that has none.
    public static Outcome<ChatRequest> inlined(ChatRequest request, TargetProfile target, Source source) {
        LinkedMedia links = new LinkedMedia(target, source);
        List<Message> messages = request.messages().stream()
                .map(message -> message.withBlocks(links.blocks(message.blocks())))
                .toList();
        if (links.failure != null) {
            return Outcome.bad(links.failure);
        }
        return Outcome.ok(new ChatRequest.Builder(request).messages(messages).build());
    }

    private List<Block> blocks(List<Block> given) {
        List<Block> blocks = new ArrayList<>(given.size());
        for (Block block : given) {
            blocks.add(block(block));
        }
        return blocks;
    }

    private Block block(Block block) {
        return switch (block) {
            case Block.Image image ->
                new Block.Image(source(image.source(), Kind.IMAGE, image.mark().path()), image.detail(), image.mark());
            case Block.Document document ->
                new Block.Document(
                        source(document.source(), Kind.DOCUMENT, document.mark().path()),
                        document.name(),
                        document.context(),
                        document.citations(),
                        document.mark());
            case Block.ToolResult result ->
                new Block.ToolResult(
                        result.callId(), result.toolName(), blocks(result.content()), result.isError(), result.mark());
            default -> block;
        };
    }

    private MediaSource source(MediaSource given, Kind kind, String path) {
        if (failure != null || !(given instanceof MediaSource.Url(String url)) || !isWeb(url) || !wants(kind)) {
            return given;
        }
        return switch (source.of(new Link(url, kind, path))) {
            case Outcome.Ok<MediaSource.Base64>(MediaSource.Base64 bytes) -> bytes;
            case Outcome.Bad<MediaSource.Base64>(Failure why) -> {
                failure = why;
                yield given;
            }
        };
    }

    private static boolean isWeb(String url) {
        return url.regionMatches(true, 0, "https://", 0, "https://".length())
                || url.regionMatches(true, 0, "http://", 0, "http://".length());
    }

    /// Gemini takes addresses, but reads few of them.
    private boolean wants(Kind kind) {
        return switch (target.dialect()) {
            case BEDROCK_CONVERSE, GEMINI -> takes(kind);
            case OLLAMA_CHAT -> kind == Kind.IMAGE && takes(kind);
            case OPENAI_CHAT -> kind == Kind.DOCUMENT && takes(kind);
            case ANTHROPIC, OPENAI_RESPONSES -> false;
        };
    }

    private boolean takes(Kind kind) {
        return switch (kind) {
            case IMAGE -> target.capabilities().vision();
            case DOCUMENT -> target.capabilities().pdf();
        };
    }
}
