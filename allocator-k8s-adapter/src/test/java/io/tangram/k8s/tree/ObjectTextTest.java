package io.tangram.k8s.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTextTest {

  private static List<String> read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(byte[] text) throws IOException {
    List<String> objects = new ArrayList<>();
    ObjectText.read(
        new ByteArrayInputStream(text),
        (object, line) -> objects.add(line + " " + JsonEmitter.compact(object)));
    return objects;
  }

  @Test
  void readsYamlDocumentsAndSkipsEmptyOnes() throws IOException {
    String text = "---\nkind: A\n---\n# nothing\n---\n\nkind: B\nspec: {m: [1, 2]}\n...\n";

    assertThat(read(text))
        .containsExactly("2 {\"kind\":\"A\"}", "7 {\"kind\":\"B\",\"spec\":{\"m\":[1,2]}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---\nnull\n---\nkind: A\n--- ~\n",
        "{\"kind\":\"A\"} null",
        "{\"kind\":\"List\",\"items\":[null,{\"kind\":\"A\"}]}",
        "kind: List\nitems:\n-\n- kind: A\n- null\n",
        "kind: AList\nitems: [~, {}]\n",
      })
  void takesNullsForNoObjectsInEveryStyle(String text) throws IOException {
    assertThat(read(text)).hasSize(1).allMatch(each -> each.endsWith("{\"kind\":\"A\"}"));
  }

  @Test
  void readsJsonObjectsOneBehindTheOther() throws IOException {
    assertThat(read("{\"kind\":\"A\"}\n{\"kind\":\"B\"} {\"kind\":\n\"C\"}"))
        .containsExactly("1 {\"kind\":\"A\"}", "2 {\"kind\":\"B\"}", "2 {\"kind\":\"C\"}");
  }

  @Test
  void countsTheDepthOfEachObjectAloneInEveryStyle() throws IOException {
    String deep = "[".repeat(199) + "{}" + "]".repeat(199);
    String object = "{\"kind\":\"A\",\"deep\":" + deep + "}";
    String tooDeep = object.replace("{}", "[{}]");

    for (String style :
        List.of(
            "%s",
            "{\"kind\":\"List\",\"items\":[%s]}",
            "---\n%s",
            "items: [%s]\nkind: List",
            "kind: List\nitems:\n- %s")) {
      assertThat(read(style.formatted(object))).hasSize(1).allMatch(each -> each.endsWith(object));
      assertThatThrownBy(() -> read(style.formatted(tooDeep)))
          .isInstanceOf(SyntaxException.class)
          .hasMessageEndingWith("values are nested more than 200 deep");
    }
  }

  @Test
  void readsKeysAsLongAsOtherValuesInEveryStyle() throws IOException {
    String key = "k".repeat(100_000);

    assertThat(read("{\"" + key + "\":1}")).containsExactly("1 {\"" + key + "\":1}");
    assertThat(read("? " + key + "\n: 1\n")).containsExactly("1 {\"" + key + "\":1}");
  }

  @Test
  void handsOnListsItemByItemWhereverTheirKindStands() throws IOException {
    String items = "\"items\":[{\"kind\":\"A\"},\n{\"kind\":\"B\"}]";

    assertThat(read("{\"kind\":\"List\"," + items + "}"))
        .containsExactly("1 {\"kind\":\"A\"}", "2 {\"kind\":\"B\"}");
    assertThat(read("{" + items + ",\"kind\":\"List\"}"))
        .containsExactly("1 {\"kind\":\"A\"}", "2 {\"kind\":\"B\"}");
  }

  @Test
  void givesItemsOfTypedListsTheirKind() throws IOException {
    String json =
        "{\"apiVersion\":\"r/v1\",\"items\":[{\"metadata\":{}}],\"kind\":\"ResourceClaimList\"}";
    String yaml = "kind: ResourceClaimList\napiVersion: r/v1\nitems:\n- metadata: {}\n";

    assertThat(read(json))
        .containsExactly("1 {\"metadata\":{},\"kind\":\"ResourceClaim\",\"apiVersion\":\"r/v1\"}");
    assertThat(read(yaml))
        .containsExactly("4 {\"metadata\":{},\"kind\":\"ResourceClaim\",\"apiVersion\":\"r/v1\"}");
  }

  @Test
  void takesListsInListsApart() throws IOException {
    assertThat(read("kind: List\nitems:\n- kind: NodeList\n  items:\n  - {m: 1}\n- {kind: A}\n"))
        .containsExactly("3 {\"m\":1,\"kind\":\"Node\"}", "6 {\"kind\":\"A\"}");
  }

  @Test
  void readsAnEmptyListAsNothing() throws IOException {
    assertThat(read("{\"kind\":\"List\",\"items\":[]}")).isEmpty();
    assertThat(read("{\"kind\":\"List\",\"items\":null}")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void unpacksGzipByItsFirstBytes() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("kind: A\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(read(packed.toByteArray())).containsExactly("1 {\"kind\":\"A\"}");
  }

  /** As {@code cat a.gz b.gz} sends them; a slow sender seems to have nothing more to come. */
  @Test
  void unpacksWhatWasPackedInParts() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (String part : List.of("kind: A\n---\n", "kind: B\n")) {
      GZIPOutputStream gzip = new GZIPOutputStream(packed);
      gzip.write(part.getBytes(StandardCharsets.UTF_8));
      gzip.finish();
    }
    InputStream slow =
        new ByteArrayInputStream(packed.toByteArray()) {
          @Override
          public synchronized int read(byte[] buffer, int offset, int count) {
            return super.read(buffer, offset, Math.min(1, count));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };
    List<String> objects = new ArrayList<>();

    ObjectText.read(slow, (object, line) -> objects.add(JsonEmitter.compact(object)));

    assertThat(objects).containsExactly("{\"kind\":\"A\"}", "{\"kind\":\"B\"}");
  }

  /** As an API server does, whose texts are all UTF-8. */
  @Test
  void replacesHalvesOfCharacters() throws IOException {
    assertThat(read("{\"m\":\"a\\ud83d\", \"n\":\"\\ud83d\\udc0e\"}"))
        .containsExactly("1 {\"m\":\"a\uFFFD\",\"n\":\"\uD83D\uDC0E\"}");
  }

  @Test
  void readsFlowMappingsAndMarksOfTheByteOrder() throws IOException {
    assertThat(read("{kind: A}")).containsExactly("1 {\"kind\":\"A\"}");
    assertThat(read("\uFEFF{\"kind\":\"A\"}")).containsExactly("1 {\"kind\":\"A\"}");
    assertThat(read("\uFEFFkind: A")).containsExactly("1 {\"kind\":\"A\"}");
  }

  @Test
  void keepsNumbersAsTheyAre() throws IOException {
    String numbers =
        "[9007199254740993,123456789012345678901234567890,1.50,1e3,0.1000000000000000000001]";

    assertThat(read("{\"m\":" + numbers + "}")).containsExactly("1 {\"m\":" + numbers + "}");
    assertThat(read("m: " + numbers)).containsExactly("1 {\"m\":" + numbers + "}");
  }

  @Test
  void expandsAnchorsAndMergeKeys() throws IOException {
    String text = "a: &x {k: 1, m: 2}\nb: *x\nc:\n  <<: *x\n  k: 3\n";

    assertThat(read(text))
        .containsExactly(
            "1 {\"a\":{\"k\":1,\"m\":2},\"b\":{\"k\":1,\"m\":2},\"c\":{\"k\":3,\"m\":2}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a: b: c | line 1, column 5: not YAML: a colon where no key can be",
        "`a:\n\t- b` | line 2, column 1: not YAML: a tab where spaces must be",
        "`kind: A\nkind: B` | line 2, column 1: the key \"kind\" is given twice",
        "`{\"a\":1,\n\"a\":2}` | line 2, column 5: the key \"a\" is given twice",
        "`{\"a\": nope}` | line 1, column 7: not JSON: Unrecognized token 'nope'",
        "`{\"a\": [1` | line 1, column 9: not JSON: the text ends early",
        "`{\"a\": NaN}` | line 1, column 10: not JSON: Non-standard token 'NaN'",
        "`[{\"kind\":\"A\"}]` | line 1, column 1: expected an object, found an array",
        "`- kind: A` | line 1, column 1: a document is a sequence; wrap its objects in a List",
        "just words | line 1, column 1: a document is a single value, not an object",
        "`{\"apiVersion\":\"v1\",\"items\":[]}` | kind is missing; the file seems to be cut off",
        "`{\"kind\":\"A\",\"items\":[]}` | an object of kind \"A\" has items; only a List has",
        "`{\"kind\":\"List\",\"items\":{}}` | the items of a List are not a sequence",
        "`{\"kind\":\"List\",\"items\":[1]}` | an item of a list is not an object",
        "a: *nobody | line 1, column 4: the alias *nobody names no anchor before it",
        "a: !!int words | line 1, column 4: \"words\" is not what its tag",
        "a: !secret x | line 1, column 4: the tag !secret is not one Kubernetes knows",
        "a: .nan | .nan is not a number that Kubernetes knows",
        "`? [a]\n: b` | line 1, column 3: a key is not a single value",
      })
  void saysWhereTextIsBroken(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining(message)
        .hasMessageNotContainingAny("\n", "`");
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThatThrownBy(() -> read(new byte[] {'a', ':', ' ', (byte) 0xC3, '('}))
        .isInstanceOf(SyntaxException.class)
        .hasMessage("not UTF-8 text; save it in UTF-8");
    assertThatThrownBy(() -> read(new byte[] {'a', ':', ' ', 7}))
        .isInstanceOf(SyntaxException.class)
        .hasMessageStartingWith("not YAML: the character U+0007 is not allowed");
  }

  @Test
  void refusesAliasesThatExplode() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 9; i++) {
      bomb.append("a" + i + ": &a" + i + " [");
      bomb.append(("*a" + (i - 1) + ", ").repeat(10)).append("]\n");
    }

    assertThatThrownBy(() -> read(bomb.toString()))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("aliases expand to more than 1000000 values");
  }

  @Test
  void refusesEndlessNesting() {
    assertThatThrownBy(() -> read("a: " + "[".repeat(100_000)))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> read("{\"a\":" + "[".repeat(100_000)))
        .isInstanceOf(SyntaxException.class)
        .hasMessageContaining("nested more than 200 deep");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "aaaaaaaaaaaaaaaa | a",
        "lorem | ` ipsum\n`",
        "0 | 1",
        "`\"` | lorem",
        "`kind: >` | `\n  lorem`",
        "`{\"kind\":\"` | lorem",
        "`{\"kind\":` | 9",
        "`{` | ` `",
        "` ` | `\t`",
      })
  void refusesTwoHundredMegabytesOfNoiseAfterAFewOfThem(String start, String filler) {
    RepeatedText noise = new RepeatedText(filler, 200L << 20);
    InputStream text =
        new SequenceInputStream(
            new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), noise);

    assertThatThrownBy(() -> ObjectText.read(text, (object, line) -> {}))
        .isInstanceOf(SyntaxException.class);

    assertThat(noise.bytesRead()).isLessThan(3L << 20);
  }
}
