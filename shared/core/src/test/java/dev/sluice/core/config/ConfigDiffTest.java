package dev.sluice.core.config;

import static dev.sluice.core.config.Documents.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.config.Change.Added;
import dev.sluice.core.config.Change.Changed;
import dev.sluice.core.config.Change.Removed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private static List<Change> between(String earlier, String later) {
        return ConfigDiff.between(quoted(earlier), quoted(later));
    }

    @Test
    void equal_documents_have_no_changes() {
        assertThat(between("{'a':{'b':1},'c':[1]}", "{'c':[1],'a':{'b':1}}")).isEmpty();
    }

    @Test
    void finds_what_came_went_and_changed() {
        assertThat(between("{'a':1,'b':{'c':true,'d':'x'}}", "{'b':{'c':false,'e':null},'f':'y'}"))
                .containsExactly(
                        new Removed("a", "1"),
                        new Removed("b.d", "\"x\""),
                        new Changed("b.c", "true", "false"),
                        new Added("b.e", "null"),
                        new Added("f", "\"y\""));
    }

    @Test
    void matches_list_entries_by_their_id_wherever_they_stand() {
        assertThat(between(
                        "{'providers':[{'id':'a','priority':1},{'id':'b','priority':1}]}",
                        "{'providers':[{'id':'c'},{'id':'a','priority':1},{'id':'b','priority':2}]}"))
                .containsExactly(
                        new Added("providers[c]", "{\"id\":\"c\"}"), new Changed("providers[b].priority", "1", "2"));
    }

    @Test
    void matches_models_whether_short_or_long_and_targets_by_their_ref() {
        assertThat(between(
                        "{'models':['a','b'],'targets':[{'ref':'x','weight':1}]}",
                        "{'models':[{'id':'a'},'b'],'targets':[{'ref':'y'},{'ref':'x','weight':2}]}"))
                .containsExactly(
                        new Changed("models[a]", "\"a\"", "{\"id\":\"a\"}"),
                        new Added("targets[y]", "{\"ref\":\"y\"}"),
                        new Changed("targets[x].weight", "1", "2"));
    }

    @Test
    void another_order_is_a_change() {
        assertThat(between("{'dialects':['a','b']}", "{'dialects':['b','a']}"))
                .containsExactly(new Changed("dialects", "in the order a, b", "in the order b, a"));
    }

    @Test
    void lists_whose_entries_have_no_names_are_compared_whole() {
        assertThat(between("{'a':[1,2],'b':['x','x']}", "{'a':[2,1],'b':['x']}"))
                .containsExactly(new Changed("a", "[1,2]", "[2,1]"), new Changed("b", "[\"x\",\"x\"]", "[\"x\"]"));
    }

    @Test
    void names_with_dots_stand_in_brackets() {
        assertThat(between("{}", "{'modelAliases':{}}")).containsExactly(new Added("modelAliases", "{}"));
        assertThat(between("{'m':{}}", "{'m':{'opus-4.8':1}}")).containsExactly(new Added("m[\"opus-4.8\"]", "1"));
    }

    @Test
    void values_are_short_and_show_no_secret() {
        String long_ = "word ".repeat(40);

        assertThat(between("{}", "{'a':'" + long_ + "','b':{'c':'sk-hunter2'},'d':['sk-hunter2']}"))
                .allSatisfy(change ->
                        assertThat(change.toString()).hasSizeLessThan(120).doesNotContain("hunter2"))
                .hasSize(3);
        assertThat(between("{'d':['x']}", "{'d':['x','sk-hunter2']}").toString())
                .doesNotContain("hunter2");
    }

    @Test
    void a_text_that_is_no_document_is_an_empty_one() {
        assertThat(between("", "{'a':1}")).containsExactly(new Added("a", "1"));
        assertThat(between("{'a':1}", "[")).containsExactly(new Removed("a", "1"));
    }
}
