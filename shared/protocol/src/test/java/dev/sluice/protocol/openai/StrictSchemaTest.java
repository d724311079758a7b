package dev.sluice.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.protocol.json.JsonText;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictSchemaTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a'],'additionalProperties':false} | true",
                "{'type':'object','properties':{'a':{'type':'string'}},'required':['a']} | false",
                "{'type':'object','properties':{'a':{'type':'string'}},'additionalProperties':false} | false",
                "{'type':'object','properties':{'a':{'type':'array','items':{'type':'object'}}},'required':['a'],'additionalProperties':false} | false",
                "{'type':'object','properties':{'a':{'anyOf':[{'type':'null'},{'type':'object'}]}},'required':['a'],'additionalProperties':false} | false",
                "{'type':'array','items':{'type':'string'}} | false",
            })
    void tells_which_schemas_bind(String schema, boolean strict) {
        assertThat(StrictSchema.isStrict(Objects.requireNonNull(JsonText.objectOrNull(schema.replace('\'', '"')))))
                .isEqualTo(strict);
    }
}
