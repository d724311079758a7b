package dev.sluice.core.gateway;

import java.net.URI;

/// Base URL and path, without doubling what the base already ends in.
final class TargetUri {
    private TargetUri() {}

    /// `https://h/v1` and `/v1/messages` make `https://h/v1/messages`.
    static URI of(URI base, String path) {
        String root = base.toString();
        while (root.endsWith("/")) {
            root = root.substring(0, root.length() - 1);
        }
        int authority = root.indexOf("://") + 3;
        int query = path.indexOf('?');
        int end = query < 0 ? path.length() : query;
        for (int overlap = end; overlap > 0; overlap = path.lastIndexOf('/', overlap - 1)) {
            boolean wholeSegments = overlap == end || path.charAt(overlap) == '/';
            if (wholeSegments && root.length() - overlap >= authority && root.endsWith(path.substring(0, overlap))) {
                return URI.create(root + path.substring(overlap));
            }
        }
        return URI.create(root + path);
    }
}
