package dev.sluice.cli.tool.known;

import dev.sluice.cli.tool.Draft;
import dev.sluice.cli.tool.Place;
import dev.sluice.cli.tool.Tool;
import dev.sluice.cli.tool.ToolFacts;
import dev.sluice.cli.tool.Wish;
import dev.sluice.model.Dialect;
import java.util.List;

/// Cursor: its settings are in a database of its own, so everything is done by hand.
public final class Cursor implements Tool {
    private static final ToolFacts FACTS = ToolFacts.documented(
                    "cursor", "Cursor", Dialect.OPENAI_CHAT, "https://cursor.com/help/models-and-usage/api-keys")
            .userOnly("Cursor's models are the person's");

    @Override
    public ToolFacts facts() {
        return FACTS;
    }

    @Override
    public List<Draft> drafts(Place place, Wish wish) {
        return List.of();
    }

    @Override
    public List<String> steps(Place place, Wish wish) {
        return List.of(
                "Cursor Settings, Models, API Keys: switch on OpenAI API Key and paste the gateway's key",
                "switch on Override OpenAI Base URL and enter " + wish.openAi(),
                "Add Custom Model: " + wish.model().ref(),
                "Cursor's own servers call that address: it must be reachable from the internet, which a gateway on this"
                        + " machine is not");
    }

    @Override
    public String start(Place place) {
        return "cursor";
    }
}
