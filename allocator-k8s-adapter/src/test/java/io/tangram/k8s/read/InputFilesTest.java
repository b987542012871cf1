package io.tangram.k8s.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

  @TempDir private Path folder;

  private Path file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "");
  }

  private static List<InputFile> find(Object... arguments) {
    return InputFiles.find(
        "-f",
        Arrays.stream(arguments).map(Object::toString).toList(),
        InputStream.nullInputStream());
  }

  @Test
  void takesWhatHoldsObjectsInAFolderSortedByPath() throws IOException {
    for (String path :
        List.of("b.yml", "a/z.json.gz", "a/a.ndjson", "c.yaml", "c.yaml.bak", "notes.md", "x.gz")) {
      file(path);
    }

    assertThat(find(folder))
        .extracting(input -> input.relativePath().toString())
        .containsExactly("a/a.ndjson", "a/z.json.gz", "b.yml", "c.yaml");
  }

  @Test
  void leavesOutTheSummariesBesideResults() throws IOException {
    Files.writeString(file("a.summary.json"), "{\n  \"schema\": 1,\n");
    Files.writeString(file("b.summary.json"), "{\n  \"error\": \"a line\"\n}\n");
    Files.writeString(file("c.summary.json"), "{\"apiVersion\": \"v1\"}");
    Path named = file("a.yaml").resolveSibling("a.summary.json");

    assertThat(find(folder))
        .extracting(input -> input.relativePath().toString())
        .containsExactly("a.yaml", "c.summary.json");
    assertThat(find(named)).hasSize(1);
  }

  @Test
  void takesNamedFilesInTheOrderGivenWhateverTheirNames() throws IOException {
    Path second = file("b/objects.txt");
    Path first = file("c.yaml");

    List<InputFile> found = find(second, "-", first);

    assertThat(found)
        .extracting(InputFile::name)
        .containsExactly(second.toString(), "standard input", first.toString());
    assertThat(found.get(0).relativePath()).hasToString("objects.txt");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatThrownBy(() -> find(folder.resolve("nothing")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder.resolve("nothing") + ": no such file or folder. Check the path behind -f.");
  }

  @Test
  void refusesFoldersWithoutObjects() throws IOException {
    file("notes.md");

    assertThatThrownBy(() -> find(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(
            folder + ": no file in it ends in .yaml, .yml, .json or .ndjson (or these and .gz).");
  }

  @Test
  void readsStandardInputOnce() {
    assertThatThrownBy(() -> find("-", "-"))
        .isInstanceOf(InputException.class)
        .hasMessage("-f -: standard input can be read once; name it once.");
  }

  @Test
  void namesTheOptionToLookAt() {
    assertThatThrownBy(
            () -> InputFiles.find("--shared", List.of(""), InputStream.nullInputStream()))
        .isInstanceOf(InputException.class)
        .hasMessage("--shared: the name is empty; name a file or a folder.");
  }

  @Test
  void keepsWhatCanBeReadOnlyOnce() throws IOException {
    byte[] content = {1, 2, 3};
    InputFile pipe = InputFile.of("pipe", new ByteArrayInputStream(content)).repeatable();
    InputFile regular = InputFile.of(file("a.yaml"));

    assertThat(pipe.open()).hasBinaryContent(content);
    assertThat(pipe.open()).hasBinaryContent(content);
    assertThat(regular.repeatable()).isSameAs(regular);
  }

  @Test
  void refusesFoldersInThemselves() throws IOException {
    file("a.yaml");
    Files.createSymbolicLink(folder.resolve("again"), folder);

    assertThatThrownBy(() -> find(folder))
        .isInstanceOf(InputException.class)
        .hasMessage(folder.resolve("again") + ": a link back to a folder above it. Remove it.");
  }
}
