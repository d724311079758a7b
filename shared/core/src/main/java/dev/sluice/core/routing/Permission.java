package dev.sluice.core.routing;

import dev.sluice.core.access.Caller;
import dev.sluice.core.routing.Lookup.Place;
import java.util.Set;

/// What a caller's key may reach: refs (`provider/model`, `provider/*`), bare model names and aliases; no entry: all.
record Permission(Set<String> allowed) {
    static Permission of(Caller caller) {
        return new Permission(caller.allowedModels());
    }

    boolean isUnlimited() {
        return allowed.isEmpty();
    }

    /// Whoever may use an alias may use all that is behind it.
    boolean coversAlias(String id) {
        return isUnlimited() || allowed.contains(id) || allowed.contains("alias:" + id);
    }

    boolean coversPlace(Place place) {
        return isUnlimited() || allowed.stream().anyMatch(entry -> covers(entry, place));
    }

    private static boolean covers(String entry, Place place) {
        return entry.indexOf('/') >= 0 && Wildcard.isPattern(entry)
                ? Wildcard.matches(entry, place.ref())
                : entry.equals(place.ref())
                        || entry.equals(place.model().id())
                        || place.model().aliases().contains(entry);
    }
}
