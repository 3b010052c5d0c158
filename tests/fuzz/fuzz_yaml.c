/* Any bytes as YAML: a tree whose values have places, or a refusal that says why. */
#include "exchange/yaml.h"
#include "fuzz.h"

static size_t walk(const struct doc_node *node, size_t depth)
{
    size_t nodes = 1;
    promise(node->line > 0 && node->column > 0, "a value has a place");
    promise(depth <= YAML_DEPTH, "the tree is not deep");
    promise(node->kind == DOC_SCALAR ? node->first == NULL : !text_known(node->value),
            "scalars have values, the others have entries");
    for (const struct doc_node *child = node->first; child != NULL; child = child->next) {
        promise(text_known(child->key) == (node->kind == DOC_MAP), "entries of maps have keys");
        nodes += walk(child, depth + 1);
    }
    return nodes;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct doc doc;
    struct err err = {.message = ""};
    if (!yaml_read((struct text){(const char *)data, size}, &doc, &err))
        promise(err.message[0] != '\0' && doc.root == NULL, "a refusal says why");
    else if (doc.root != NULL)
        promise(doc.root->kind != DOC_SCALAR && walk(doc.root, 1) <= YAML_NODES, "a tree");
    doc_release(&doc);
    return 0;
}
