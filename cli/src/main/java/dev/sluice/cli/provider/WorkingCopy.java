package dev.sluice.cli.provider;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.cli.config.ConfigBook;
import dev.sluice.core.config.Shown;
import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// The head's document while it is changed: only what a change names becomes another, all else stays as it was written.
///
/// @param version the head that was read; 0 when nothing was configured
public record WorkingCopy(long version, Json.Obj document) {
    private static final String PROVIDERS = "providers";
    private static final String ALIASES = "modelAliases";

    public static WorkingCopy of(Optional<Version> head) {
        Json.Obj document = JsonText.objectOrNull(ConfigBook.documentOf(head));
        if (document == null) {
            throw CommandFailure.failed("the stored configuration is damaged: apply a file, or roll back");
        }
        return new WorkingCopy(head.map(Version::number).orElse(0L), document);
    }

    public byte[] bytes() {
        return JsonText.bytes(document);
    }

    public List<Json.Obj> providers() {
        return objects(document.items(PROVIDERS));
    }

    public List<String> providerIds() {
        return providers().stream().map(provider -> provider.text("id", "")).toList();
    }

    public boolean hasProvider(String id) {
        return providerIds().contains(id);
    }

    /// The provider; refuses an unknown id with the nearest known one.
    public Json.Obj provider(String id) {
        return providers().stream()
                .filter(provider -> provider.text("id", "").equals(id))
                .findFirst()
                .orElseThrow(() -> unknown("provider", id, providerIds(), "sluice provider list"));
    }

    /// With that provider in the place of the one with its id, or as the last.
    public WorkingCopy withProvider(Json.Obj provider) {
        String id = provider.text("id", "");
        return with(PROVIDERS, put(document.items(PROVIDERS), provider, item -> isCalled(item, id)));
    }

    public WorkingCopy withoutProvider(String id) {
        return with(PROVIDERS, Json.array(without(document.items(PROVIDERS), item -> isCalled(item, id))));
    }

    public Map<String, Json> aliases() {
        Json.Obj aliases = document.object(ALIASES);
        return aliases == null ? Map.of() : aliases.fields();
    }

    /// The alias; refuses an unknown one with the nearest known.
    public Json.Obj alias(String id) {
        return aliases().get(id) instanceof Json.Obj alias ? alias : refuseAlias(id);
    }

    private Json.Obj refuseAlias(String id) {
        throw unknown("alias", id, aliases().keySet(), "sluice alias list");
    }

    public WorkingCopy withAlias(String id, Json.Obj alias) {
        Map<String, Json> aliases = new LinkedHashMap<>(aliases());
        aliases.put(id, alias);
        return with(ALIASES, new Json.Obj(aliases));
    }

    public WorkingCopy withoutAlias(String id) {
        Map<String, Json> aliases = new LinkedHashMap<>(aliases());
        aliases.remove(id);
        return with(ALIASES, new Json.Obj(aliases));
    }

    public WorkingCopy with(String field, Json value) {
        return new WorkingCopy(version, document.with(field, value));
    }

    public WorkingCopy without(String field) {
        return new WorkingCopy(version, document.without(field));
    }

    /// The objects of a list; what is none is passed over.
    public static List<Json.Obj> objects(List<Json> items) {
        List<Json.Obj> objects = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Obj object) {
                objects.add(object);
            }
        }
        return objects;
    }

    /// The list with the item in the place of the one that is it, or as its last.
    public static Json put(List<Json> items, Json item, Predicate<Json> isIt) {
        List<Json> changed = new ArrayList<>();
        boolean placed = false;
        for (Json other : items) {
            changed.add(!placed && isIt.test(other) ? item : other);
            placed |= isIt.test(other);
        }
        if (!placed) {
            changed.add(item);
        }
        return Json.array(changed);
    }

    public static List<Json> without(List<Json> items, Predicate<Json> isIt) {
        return items.stream().filter(isIt.negate()).toList();
    }

    /// A provider or a model that is routed to, or is kept and not routed to.
    public static Json.Obj enabled(Json.Obj item, boolean isEnabled) {
        return isEnabled ? item.without("enabled") : item.with("enabled", Json.FALSE);
    }

    /// Whether it is an object of that id.
    public static boolean isCalled(Json item, String id) {
        return item instanceof Json.Obj object && object.text("id", "").equals(id);
    }

    /// What is said to a name that is not known.
    ///
    /// @param list the command that lists the known ones
    public static CommandFailure unknown(String what, String name, Collection<String> known, String list) {
        String remedy = Meant.of(name, known).orElse(known.isEmpty() ? "; there is none yet" : "; see " + list);
        String shown = Shown.looksSecret(name) ? "of that name (not shown: it may be a secret)" : name;
        return CommandFailure.usage("there is no " + what + " " + shown + remedy);
    }
}
