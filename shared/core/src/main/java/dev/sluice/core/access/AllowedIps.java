package dev.sluice.core.access;

import dev.sluice.model.Failure;
import java.util.List;
import java.util.Optional;

/// The addresses that may call. No ranges: all may; a range that cannot be read lets nobody in.
public final class AllowedIps {
    /// The header of a refusal that tells our own programs why: no key was looked at.
    public static final String MARK = "x-sluice-refused";

    /// Its value.
    public static final String ADDRESS = "address";

    private final boolean allowsAll;
    private final List<Cidr> ranges;

    private AllowedIps(boolean allowsAll, List<Cidr> ranges) {
        this.allowsAll = allowsAll;
        this.ranges = ranges;
    }

    public static AllowedIps of(List<String> cidrs) {
        return new AllowedIps(
                cidrs.isEmpty(),
                cidrs.stream().map(Cidr::parse).flatMap(Optional::stream).toList());
    }

    public boolean allows(String clientAddress) {
        return allowsAll || ranges.stream().anyMatch(range -> range.contains(clientAddress));
    }

    /// The refusal, when that address may not call.
    public Optional<Failure.Refused> refusal(String clientAddress) {
        return allows(clientAddress)
                ? Optional.empty()
                : Optional.of(Failure.Refused.of(
                        Failure.Kind.PERMISSION, "Calls from this network address are not allowed."));
    }
}
