package dev.sluice.aws.owner;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// One element of an XML answer: STS and CloudFormation speak no JSON.
///
/// @param text directly in it, without its children's
record Xml(String name, String text, List<Xml> children) {
    private static final Xml EMPTY = new Xml("", "", List.of());

    /// The root; an element without a name when it is no XML. Doctypes are not read.
    static Xml parse(byte[] bytes) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            return parse(factory.createXMLStreamReader(new ByteArrayInputStream(bytes)));
        } catch (XMLStreamException noXml) {
            return EMPTY;
        }
    }

    private record Open(String name, StringBuilder text, List<Xml> children) {}

    private static Xml parse(XMLStreamReader reader) throws XMLStreamException {
        Deque<Open> open = new ArrayDeque<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                open.push(new Open(reader.getLocalName(), new StringBuilder(), new ArrayList<>()));
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                Open inner = open.peek();
                if (inner != null) {
                    inner.text().append(reader.getText());
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                Open ended = open.pop();
                Xml element = new Xml(ended.name(), ended.text().toString().strip(), List.copyOf(ended.children()));
                Open parent = open.peek();
                if (parent == null) {
                    return element;
                }
                parent.children().add(element);
            }
        }
        return EMPTY;
    }

    /// The first element on that path of names; an empty one when there is none.
    Xml at(String... path) {
        Xml here = this;
        for (String step : path) {
            Optional<Xml> next = here.children.stream()
                    .filter(child -> child.name.equals(step))
                    .findFirst();
            if (next.isEmpty()) {
                return EMPTY;
            }
            here = next.get();
        }
        return here;
    }

    /// The text of the child of that name; empty when there is none.
    String text(String child) {
        return at(child).text;
    }

    /// The `member` elements of a list.
    List<Xml> members() {
        return children.stream().filter(child -> child.name.equals("member")).toList();
    }
}
