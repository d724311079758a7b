package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PictureTest {
    @Test
    void text_is_text_at_its_column() throws Exception {
        Element text = texts(drawn("\u001b[2;11Hsluice <top> & more")).getFirst();
        assertThat(text.getTextContent()).isEqualTo("sluice <top> & more");
        assertThat(text.getAttribute("x")).isEqualTo("100");
        assertThat(text.getAttribute("textLength")).isEqualTo("159.6");
    }

    @Test
    void a_title_stands_in_the_frame_and_is_read_out() throws Exception {
        Document svg = parsed(drawn("x").svg("sluice top"));
        assertThat(svg.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("sluice top");
        assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("sluice top");
    }

    @Test
    void bold_and_colour_are_kept() throws Exception {
        Element text = texts(drawn("\u001b[1;31mcools down\u001b[0m")).getFirst();
        assertThat(text.getAttribute("font-weight")).isEqualTo("bold");
        assertThat(text.getAttribute("fill")).isEqualTo("#ff7b72");
    }

    @Test
    void what_is_inverse_has_a_background_and_the_colour_of_the_paper() throws Exception {
        Picture picture = drawn("\u001b[7m q quit \u001b[0m");
        assertThat(texts(picture).getFirst().getAttribute("fill")).isEqualTo("#0d1117");
        NodeList backgrounds = parsed(picture.svg("")).getElementsByTagName("rect");
        assertThat(backgrounds.getLength()).isEqualTo(2);
        assertThat(((Element) backgrounds.item(1)).getAttribute("width")).isEqualTo("67.2");
    }

    @Test
    void a_wide_letter_takes_two_columns() throws Exception {
        Element text = texts(drawn("漢字x")).getFirst();
        assertThat(text.getTextContent()).isEqualTo("漢字x");
        assertThat(text.getAttribute("textLength")).isEqualTo("42");
    }

    @Test
    void cropping_leaves_out_the_empty_lines_below() throws Exception {
        Picture picture = drawn("one\r\n\r\nthree");
        assertThat(height(picture)).isEqualTo(44 + 5 * 18 + 16);
        assertThat(height(picture.cropped())).isEqualTo(44 + 3 * 18 + 16);
        assertThat(height(drawn("").cropped())).isEqualTo(44 + 18 + 16);
    }

    private static Picture drawn(String bytes) {
        try (VirtualScreen screen = new VirtualScreen(40, 5)) {
            var terminal = screen.open().orElseThrow();
            terminal.writer().print(bytes);
            terminal.flush();
            return screen.picture();
        }
    }

    private static int height(Picture picture) throws Exception {
        return Integer.parseInt(parsed(picture.svg("")).getDocumentElement().getAttribute("height"));
    }

    private static List<Element> texts(Picture picture) throws Exception {
        NodeList texts = parsed(picture.svg("a title")).getElementsByTagName("text");
        List<Element> elements = new ArrayList<>();
        for (int i = 1; i < texts.getLength(); i++) {
            elements.add((Element) texts.item(i));
        }
        return elements;
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
