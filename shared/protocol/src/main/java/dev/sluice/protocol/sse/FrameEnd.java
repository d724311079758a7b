package dev.sluice.protocol.sse;

import dev.sluice.protocol.ByteScan;

/// Finds the blank line that ends a frame, over any cut of the bytes into pieces: LF, CR, CRLF or a mixture.
///
/// A carriage return at the end of a piece may be half of a line end. Where the stream has shown itself to use bare carriage
/// returns the frame is done at once, since nothing else may come for long; otherwise the next byte decides.
final class FrameEnd {
    private boolean lineHasBytes;
    private boolean afterReturn;
    private boolean blankAwaitsFeed;
    private boolean usesBareReturns;

    /// Where the frame ends, its blank line included; -1 when the bytes do not hold its end. Remembers what it saw: the next
    /// call goes on behind the end found, or behind `to`.
    int find(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (afterReturn) {
                at = feedAfterReturn(bytes, at);
                if (blankAwaitsFeed) {
                    blankAwaitsFeed = false;
                    return at;
                }
                continue;
            }
            int end = ByteScan.lineEnd(bytes, at, to);
            lineHasBytes |= end > at;
            if (end == to) {
                return -1;
            }
            boolean blank = !lineHasBytes;
            lineHasBytes = false;
            at = end + 1;
            if (bytes[end] == '\r') {
                afterReturn = true;
                if (blank && at == to && usesBareReturns) {
                    return at;
                }
                blankAwaitsFeed = blank;
            } else if (blank) {
                return at;
            }
        }
        return -1;
    }

    private int feedAfterReturn(byte[] bytes, int at) {
        afterReturn = false;
        boolean feed = bytes[at] == '\n';
        usesBareReturns = !feed;
        return feed ? at + 1 : at;
    }
}
